#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_info(const Paint& w) {
  Painter& painter = w.painter();
  const std::string label = w.text(Prop::kLabel);
  const std::string value = w.text(Prop::kValue);
  const std::string_view style = w.name(Prop::kStyle, "plain");
  const Theme& theme = painter.theme();
  const int label_width = std::min(w.width / 2, painter.text_width(label, 15) + 12);
  const TextStyle look{.size = style == "price" ? 17 : 15,
                       .color = style == "price"    ? theme.price
                                : style == "strong" ? theme.text
                                                    : theme.text2,
                       .bold = style != "plain",
                       .lines = 3,
                       .align = Align::kRight};
  const Rect area{w.x + kPad + label_width, w.y + 11, w.width - 2 * kPad - label_width,
                  0};
  const bool was_dry = painter.set_dry(true);
  const int text_height = painter.text(value, area, look);
  painter.set_dry(was_dry);
  const int height = std::max(text_height, painter.line_height(15)) + 22;
  w.strip(height);
  painter.text(label, {w.x + kPad, w.y + 11, label_width, 0},
               {.size = 15, .color = theme.text});
  painter.text(value, area, look);
  w.touch({w.x, w.y, w.width, height}, label + " " + value);
  return height;
}

}  // namespace paperphone::layout
