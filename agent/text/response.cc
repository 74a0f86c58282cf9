#include "agent/text/response.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace paperphone::agent {
namespace {

using Json = nlohmann::json;

struct Tag {
  std::string_view name;
  std::size_t begin = std::string_view::npos;  // of the opening tag
  std::size_t end = std::string_view::npos;    // after the closing tag
  std::string_view content;
  bool complete = false;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

int occurrences(std::string_view text, std::string_view word) {
  int count = 0;
  for (auto at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + word.size())) {
    ++count;
  }
  return count;
}

Tag find_tag(std::string_view text, std::string_view name) {
  Tag tag{.name = name};
  const std::string open = fmt::format("<{}>", name), close = fmt::format("</{}>", name);
  tag.begin = text.find(open);
  if (tag.begin == std::string_view::npos) return tag;
  const auto inside = tag.begin + open.size();
  const auto closing = text.find(close, inside);
  if (closing == std::string_view::npos) {
    tag.content = trimmed(text.substr(inside));
    return tag;
  }
  tag.end = closing + close.size();
  tag.content = trimmed(text.substr(inside, closing - inside));
  tag.complete = occurrences(text, open) == 1 && occurrences(text, close) == 1;
  return tag;
}

// The outermost {...} of a text, strings respected; empty if there is none.
std::string_view first_object(std::string_view text) {
  const auto begin = text.find('{');
  if (begin == std::string_view::npos) return {};
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return text.substr(begin, i - begin + 1);
    }
  }
  return {};
}

std::optional<Action> parse_call(std::string_view call, std::string* error) {
  constexpr std::size_t kLongest = 65536;
  const auto fail = [&](std::string message) {
    *error = std::move(message);
    return std::nullopt;
  };
  if (call.size() > kLongest) return fail("the tool call is longer than 64 KiB");
  const std::string_view text = first_object(call);
  if (text.empty()) return fail("the tool call holds no JSON object");
  // Depth is bounded by counting, so that no nesting can exhaust the stack.
  if (std::count(text.begin(), text.end(), '{') + std::count(text.begin(), text.end(), '[') >
      64) {
    return fail("the tool call is nested too deeply");
  }
  const Json object = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded()) return fail("the tool call is not JSON");
  const auto name = object.find("name");
  const auto arguments = object.find("arguments");
  if (name == object.end() || !name->is_string() || *name != "mobile_use") {
    return fail("the tool call does not name mobile_use");
  }
  if (arguments == object.end() || !arguments->is_object()) {
    return fail("the tool call has no arguments");
  }
  return action_from_json(
      arguments->dump(-1, ' ', false, Json::error_handler_t::replace), error);
}

}  // namespace

Response parse_response(std::string_view text, ThoughtStyle style) {
  Response response;
  const Tag think = find_tag(text, "think");
  const Tag sentence = find_tag(text, "action");
  const Tag call = find_tag(text, "tool_call");
  response.thought = think.content;
  response.sentence = sentence.content;
  std::string call_error;
  response.action = parse_call(call.content.empty() ? text : call.content, &call_error);

  const bool wants_thought = style == ThoughtStyle::kFull;
  const auto complain = [&](const Tag& tag) {
    if (!response.error.empty() || tag.complete) return;
    response.error = tag.begin == std::string_view::npos
                         ? fmt::format("<{}> is missing", tag.name)
                     : tag.end == std::string_view::npos
                         ? fmt::format("<{}> is not closed", tag.name)
                         : fmt::format("<{}> occurs more than once", tag.name);
  };
  if (wants_thought) complain(think);
  complain(sentence);
  complain(call);
  if (response.error.empty()) {
    const bool in_order = sentence.end <= call.begin &&
                          (!wants_thought || think.end <= sentence.begin);
    if (!in_order) response.error = "the tags are out of order";
  }
  if (response.error.empty() && sentence.content.empty()) {
    response.error = "<action> is empty";
  }
  if (response.error.empty() && wants_thought && think.content.empty()) {
    response.error = "<think> is empty";
  }
  if (response.error.empty()) {
    const auto start = wants_thought ? think.begin : sentence.begin;
    if (!trimmed(text.substr(0, start)).empty() || !trimmed(text.substr(call.end)).empty()) {
      response.error = "there is text outside the tags";
    }
  }
  if (response.error.empty() && !response.action) response.error = call_error;
  response.well_formed = response.error.empty();
  return response;
}

std::string format_response(std::string_view thought, std::string_view sentence,
                            const Action& action, ThoughtStyle style) {
  std::string out;
  if (style == ThoughtStyle::kFull) out += fmt::format("<think>{}</think>", thought);
  out += fmt::format("<action>{}</action><tool_call>{{\"name\":\"mobile_use\","
                     "\"arguments\":{}}}</tool_call>",
                     sentence, action_to_json(action));
  return out;
}

namespace {

template <class Map>
Action with_points(const Action& action, const Map& map) {
  Action out = action;
  if (auto* a = std::get_if<Click>(&out)) a->point = map(a->point);
  if (auto* a = std::get_if<LongPress>(&out)) a->point = map(a->point);
  if (auto* a = std::get_if<Swipe>(&out)) {
    a->from = map(a->from);
    a->to = map(a->to);
  }
  return out;
}

// The centre of pixel x of `from` pixels, on a ruler of `to` pixels.
int rescale(int x, int from, int to) {
  if (from <= 0 || to <= 0) return x;
  if (from == to) return x;
  return int((2 * std::int64_t(x) + 1) * to / (2 * std::int64_t(from)));
}

}  // namespace

Action PointMap::to_screen(const Action& in_image) const {
  return with_points(in_image, [&](Point p) {
    return Point{
        std::clamp(rescale(p.x, image_width, screen_width), 0, std::max(0, screen_width - 1)),
        std::clamp(rescale(p.y, image_height, screen_height), 0,
                   std::max(0, screen_height - 1))};
  });
}

Action PointMap::to_image(const Action& on_screen) const {
  return with_points(on_screen, [&](Point p) {
    return Point{rescale(p.x, screen_width, image_width),
                 rescale(p.y, screen_height, image_height)};
  });
}

}  // namespace paperphone::agent
