// The response parser and the arguments of actions: never throw, on any bytes.
#include "agent/text/response.h"
#include "tests/fuzz/fuzz.h"

using namespace paperphone;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const agent::ThoughtStyle style : {agent::ThoughtStyle::kFull, agent::ThoughtStyle::kFast}) {
    const agent::Response response = agent::parse_response(text, style);
    if (response.well_formed && !response.action) __builtin_trap();
    if (!response.well_formed && response.error.empty()) __builtin_trap();
    if (!response.action) continue;
    // What was understood can be written, and is then understood the same.
    const std::string json = action_to_json(*response.action);
    const auto again = action_from_json(json).action;
    if (!again || action_to_json(*again) != json) __builtin_trap();
  }
  (void)action_from_json(text);
  return 0;
}

std::vector<std::string> paperphone::fuzz::seeds() {
  std::vector<std::string> all;
  const Action actions[] = {KeyPress{"clear"},
                            Click{{180, 400}},
                            LongPress{{1, 2}, 1.5},
                            Swipe{{1, 2}, {3, 4}},
                            TypeText{"你好"},
                            SystemButton{Button::kHome},
                            OpenApp{"信聊"},
                            Wait{2},
                            Terminate{},
                            Answer{"12.80"}};
  for (const Action& action : actions) {
    all.push_back(agent::format_response({.thought = "在首页，点开信聊", .sentence = "点信聊"}, action, agent::ThoughtStyle::kFull));
    all.push_back(agent::format_response({.thought = "", .sentence = "点信聊"}, action, agent::ThoughtStyle::kFast));
    all.push_back(action_to_json(action));
  }
  return all;
}
