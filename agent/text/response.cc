#include "agent/text/response.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "agent/text/tool_call.h"
#include "env/base/overloaded.h"

namespace paperphone::agent {
namespace {

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
  const std::string open = fmt::format("<{}>", name),
                    close = fmt::format("</{}>", name);
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

// What keeps the parts from standing complete, once, in order and alone; empty:
// nothing.
std::string fault_of_parts(std::string_view text, std::span<const Tag> parts) {
  for (const Tag& part : parts) {
    if (part.complete) continue;
    return part.begin == std::string_view::npos
               ? fmt::format("<{}> is missing", part.name)
           : part.end == std::string_view::npos
               ? fmt::format("<{}> is not closed", part.name)
               : fmt::format("<{}> occurs more than once", part.name);
  }
  std::size_t end = 0;
  for (const Tag& part : parts) {
    if (part.begin < end) return "the tags are out of order";
    end = part.end;
  }
  end = 0;
  for (const Tag& part : parts) {
    if (!trimmed(text.substr(end, part.begin - end)).empty())
      return "there is text outside the tags";
    end = part.end;
  }
  if (!trimmed(text.substr(end)).empty()) return "there is text outside the tags";
  for (const Tag& part : parts)
    if (part.content.empty()) return fmt::format("<{}> is empty", part.name);
  return {};
}

}  // namespace

Response parse_response(std::string_view text, ThoughtStyle style) {
  Response response;
  const Tag think = find_tag(text, "think");
  const Tag note = find_tag(text, "note");
  const Tag sentence = find_tag(text, "action");
  const Tag call = find_tag(text, "tool_call");
  response.thought = think.content;
  response.note = note.content;
  response.sentence = sentence.content;
  response.action = find_call(call.content.empty() ? text : call.content).action;

  const bool is_fast = style == ThoughtStyle::kFast;
  const bool has_note =
      occurrences(text, "<note>") + occurrences(text, "</note>") > 0;
  std::vector<Tag> parts;
  if (!is_fast) parts.push_back(think);
  if (has_note) parts.push_back(note);
  parts.push_back(sentence);
  parts.push_back(call);
  response.error = fault_of_parts(text, parts);
  if (response.error.empty() && is_fast &&
      occurrences(text, "<think>") + occurrences(text, "</think>") > 0)
    response.error = "<think> is not asked for";
  if (response.error.empty()) response.error = fault_of_call(call.content);
  response.well_formed = response.error.empty();
  return response;
}

std::string format_response(const ResponseWords& words, const Action& action,
                            ThoughtStyle style) {
  std::string out;
  if (style == ThoughtStyle::kFull)
    out += fmt::format("<think>{}</think>", words.thought);
  if (!words.note.empty()) out += fmt::format("<note>{}</note>", words.note);
  out += fmt::format(
      "<action>{}</action><tool_call>{{\"name\":\"mobile_use\","
      "\"arguments\":{}}}</tool_call>",
      words.sentence, action_to_json(action));
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

// A little beside the picture is its nearest edge. What is further out stays off the
// screen, on its side of it.
int onto_screen(int x, int from, int to) {
  if (from <= 0 || to <= 0) return x;
  const auto beyond = x < 0 ? -std::int64_t(x) : std::int64_t(x) - (from - 1);
  if (double(beyond) > kPointOvershoot * from) return x < 0 ? -1 : to;
  return std::clamp(rescale(x, from, to), 0, to - 1);
}

}  // namespace

Action PointMap::to_screen(const Action& in_image) const {
  return with_points(in_image, [&](Point p) {
    return Point{onto_screen(p.x, image_width, screen_width),
                 onto_screen(p.y, image_height, screen_height)};
  });
}

bool PointMap::is_on_screen(const Action& action) const {
  const Rect screen{0, 0, screen_width, screen_height};
  return std::visit(
      Overloaded{
          [&](const OneOf<Click, LongPress> auto& a) { return screen.contains(a.point); },
          [&](const Swipe& a) {
            return screen.contains(a.from) && screen.contains(a.to);
          },
          [](const OneOf<KeyPress, TypeText, SystemButton, OpenApp, Wait, Terminate,
                         Answer> auto&) { return true; }},
      action);
}

Action PointMap::to_image(const Action& on_screen) const {
  return with_points(on_screen, [&](Point p) {
    return Point{rescale(p.x, screen_width, image_width),
                 rescale(p.y, screen_height, image_height)};
  });
}

}  // namespace paperphone::agent
