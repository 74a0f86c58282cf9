#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_slider(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string label = w.text(Prop::kLabel);
  const auto low = w.number(Prop::kMin, 0), high = w.number(Prop::kMax, 100);
  const auto value = std::clamp(w.bound(Prop::kBind).as_int(), std::min(low, high),
                                std::max(low, high));
  const int label_height = label.empty() ? 0 : painter.line_height(15) + 6;
  const int height = label_height + 56;
  w.strip(height);
  painter.text(label, {w.x + kPad, w.y + 10, w.width - 90, 0},
               {.size = 15, .color = theme.text});
  painter.text(std::to_string(value), {w.x + w.width - kPad - 60, w.y + 10, 60, 0},
               {.size = 14, .color = theme.text2, .align = Align::kRight});
  const int middle = w.y + label_height + 28;
  const Rect minus{w.x + 8, middle - 20, 40, 40},
      plus{w.x + w.width - 48, middle - 20, 40, 40};
  painter.icon("minus", inset(minus, 10, 10), theme.text2);
  painter.icon("plus", inset(plus, 10, 10), theme.text2);
  const Rect track{w.x + 60, middle - 3, w.width - 120, 6};
  const int filled =
      high > low ? int((value - low) * track.width / (high - low)) : track.width;
  painter.rect(track, theme.fill, 3);
  painter.rect({track.x, track.y, std::max(6, filled), 6}, w.accent(), 3);
  const Rect knob{track.x + filled - 11, middle - 11, 22, 22};
  painter.shadow(knob, 11, 4, 0x30000000);
  painter.rect(knob, 0xFFFFFFFF, 11);
  w.touch({track.x, middle - 18, track.width, 36}, label + " " + std::to_string(value));
  w.touch(minus, label + "减", w.part("minus"));
  w.touch(plus, label + "加", w.part("plus"));
  return height;
}

}  // namespace paperphone::layout
