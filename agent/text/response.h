// The policy's text, in and out:
// <think>…</think><note>…</note><action>…</action><tool_call>…</tool_call>. Source: Mobile-R1,
// arXiv:2506.20332, section on the response format; <note>, which may be missing, is ours:
// what the agent tells its later turns (PromptBuilder).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "env/types.h"

namespace paperphone::agent {

struct Response {
  std::string thought;           // empty in the `fast` variant
  std::string note;              // empty: none
  std::string sentence;          // one clause that says what is done
  std::optional<Action> action;  // nullopt: the call could not be parsed
  bool well_formed = false;      // R_fmt, see below
  std::string error;             // what is wrong, if not well_formed
};

enum class ThoughtStyle : std::uint8_t { kFull, kFast };

// Never throws, on any bytes. Well-formed is the response whose parts stand complete,
// once and in order, with nothing but white space around them and one call in the last
// (tool_call.h); kFast is without <think>, any may be without <note>. The action is looked for leniently, apart
// from that: a bare call, one in prose or behind other braces still acts.
Response parse_response(std::string_view text, ThoughtStyle style);

struct ResponseWords {
  std::string_view thought;  // kFast leaves it out
  std::string_view note;     // empty: none is written
  std::string_view sentence;
};
// The exact text a demonstration contains. Coordinates are in the model's image.
std::string format_response(const ResponseWords& words, const Action& action,
                            ThoughtStyle style);

// How far beside the picture a point may lie and still means its edge, as a share of
// that side. Further out it is off the screen: the phone answers kOutOfBounds.
inline constexpr double kPointOvershoot = 0.02;

// Screen pixels <-> pixels of the resized image that the model sees.
struct PointMap {
  int screen_width = 0, screen_height = 0;
  int image_width = 0, image_height = 0;
  Action to_screen(const Action& in_image) const;  // by kPointOvershoot at the edges
  Action to_image(const Action& on_screen) const;
  // Whether every point of an action lies on the screen.
  bool is_on_screen(const Action& action) const;
};

}  // namespace paperphone::agent
