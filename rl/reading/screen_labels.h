// Free, exact labels of a rendered screen: what stands where. From the layout's
// frame, so nothing is recognised or guessed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

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

// What stands in one piece, wholly visible: "¥433.00", though its size changes within.
struct Line {
  std::string text;
  Rect box;        // pixels of the screenshot
  int row = -1;    // of a list, an index that its other lines have too; -1: in none
};

struct ScreenLabels {
  std::vector<Glyph> glyphs;  // every visible character
  std::vector<Label> labels;  // fully visible nodes with a text
  std::vector<Line> lines;    // from top to bottom
};

// width_px: of the screenshot; frame.width dp are that many pixels.
ScreenLabels label_screen(const layout::Frame& frame, const layout::Fonts& fonts, int width_px);

}  // namespace paperphone::rl
