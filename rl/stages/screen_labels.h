// Free, exact labels of a rendered screen: what stands where. From the layout's
// frame, so nothing is recognised or guessed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agent/text/response.h"
#include "env/base/rng.h"
#include "env/layout/font_metrics.h"
#include "env/layout/frame.h"
#include "env/types.h"

namespace paperphone::rl {

struct Glyph {
  char32_t code_point = 0;
  int x = 0;  // centre, pixels of the screenshot
  int y = 0;
};

struct Label {
  std::string text;
  Role role = Role::kText;
  Rect box;  // pixels of the screenshot
  bool checked = false;  // switches, check boxes, radios, tabs
};

struct ScreenLabels {
  std::vector<Glyph> glyphs;  // every visible character
  std::vector<Label> labels;  // fully visible nodes with a text
};

// width_px: of the screenshot; frame.width dp are that many pixels.
ScreenLabels label_screen(const layout::Frame& frame, const layout::Fonts& fonts, int width_px);

enum class QuestionKind : std::uint8_t { kWhere, kWhat, kWidget, kState, kTap };
struct Question {
  QuestionKind kind = QuestionKind::kWhere;
  std::string question;
  std::string answer;
};

// `count` questions about a screen (fewer if it has hardly any labels), points in
// pixels of an image of the given size. "Where", "state" (is it on?) and "tap" ask only
// for texts that stand once on the screen.
struct ImageScale {
  int screen_width = 0, screen_height = 0;
  int image_width = 0, image_height = 0;
};
struct QuestionOptions {
  int count = 16;
  double tap_share = 0;  // of them: "tap “text”", answered as a policy would
  agent::ThoughtStyle style = agent::ThoughtStyle::kFast;  // of those answers
};
std::vector<Question> ask_about(const ScreenLabels& labels, const ImageScale& scale,
                                const QuestionOptions& options, Rng rng);

}  // namespace paperphone::rl
