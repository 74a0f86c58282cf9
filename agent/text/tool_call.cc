#include "agent/text/tool_call.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "env/base/json_text.h"

namespace paperphone::agent {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongest = 65536;
constexpr std::size_t kMostWork = std::size_t(1) << 20;  // characters looked at in all
constexpr int kDeepest = 64;  // so that no nesting can exhaust the stack

// The balanced {...} or [...] that a text begins with, strings respected, and how much
// was looked at; empty if it is not closed or nested too deeply.
struct Balanced {
  std::string_view text;
  std::size_t looked_at = 0;
  bool is_too_deep = false;
};
Balanced balanced(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepest) return {{}, i, true};
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return {text.substr(0, i + 1), i + 1, false};
    }
  }
  return {{}, text.size(), false};
}

ParsedAction action_of(const Json& call) {
  const auto fail = [](const char* message) {
    return ParsedAction{std::nullopt, message};
  };
  if (call.is_discarded()) return fail("the tool call is not JSON");
  const auto name = call.find("name");
  const auto arguments = call.find("arguments");
  if (name == call.end() || !name->is_string() || *name != "mobile_use")
    return fail("the tool call does not name mobile_use");
  if (arguments == call.end() || !arguments->is_object())
    return fail("the tool call has no arguments");
  return action_from_json(json_text(*arguments));
}

// As Json::parse, and says whether an object anywhere in it has a key twice.
Json parse(std::string_view text, bool* has_key_twice) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto look = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key &&
        !keys.back().insert(parsed.get<std::string>()).second)
      *has_key_twice = true;
    return true;
  };
  return Json::parse(text, look, /*allow_exceptions=*/false);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

ParsedAction find_call(std::string_view text) {
  if (text.size() > kLongest)
    return {std::nullopt, "the tool call is longer than 64 KiB"};
  std::string error;  // of the first object
  const auto keep_first = [&](std::string fault) {
    if (error.empty()) error = std::move(fault);
  };
  std::size_t work = 0;
  for (auto at = text.find('{'); at != std::string_view::npos && work < kMostWork;
       at = text.find('{', at + 1)) {
    const Balanced object = balanced(text.substr(at));
    work += object.looked_at;
    if (object.is_too_deep) keep_first("the tool call is nested too deeply");
    if (object.text.empty()) continue;
    ParsedAction parsed = action_of(Json::parse(object.text, nullptr, false));
    if (parsed.action) return parsed;
    keep_first(std::move(parsed.error));
  }
  keep_first("the tool call holds no JSON object");
  return {std::nullopt, std::move(error)};
}

std::string fault_of_call(std::string_view text) {
  const std::string_view call = trimmed(text);
  if (call.size() > kLongest) return "the tool call is longer than 64 KiB";
  if (!call.starts_with('{')) return "the tool call does not begin with {";
  const Balanced object = balanced(call);
  if (object.is_too_deep) return "the tool call is nested too deeply";
  if (object.text.empty()) return "the tool call is not JSON";
  if (object.text.size() != call.size()) return "there is text behind the JSON object";
  bool has_key_twice = false;
  const Json json = parse(call, &has_key_twice);
  if (ParsedAction parsed = action_of(json); !parsed.action)
    return std::move(parsed.error);
  if (has_key_twice) return "the tool call has a key twice";
  if (json.size() != 2) return "the tool call has keys beside name and arguments";
  return {};
}

}  // namespace paperphone::agent
