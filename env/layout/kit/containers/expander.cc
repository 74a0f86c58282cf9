#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_expander(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string value = w.text(Prop::kValue);
  const bool open = w.bound(Prop::kBind).as_bool();
  const int height = painter.line_height(16) + 28;
  w.strip(height);
  const int middle = w.y + height / 2;
  int x = w.x + kPad, right = w.x + w.width - kPad;
  if (w.has(Prop::kIcon)) {
    painter.icon(w.icon(), {x + 1, middle - 11, 22, 22}, w.accent());
    x += 36;
  }
  painter.icon(open ? "chevron-up" : "chevron-down", {right - 20, middle - 10, 20, 20},
               theme.text3);
  right -= 26;
  const int width = std::min(painter.text_width(value, 14) + 1, (right - x) / 2);
  painter.label(value, {right - width, w.y, width, height},
                {.size = 14, .color = theme.text2, .align = Align::kRight});
  painter.label(title, {x, w.y, right - width - 8 - x, height},
                {.size = 16, .color = theme.text});
  if (Node* node = w.touch({w.x, w.y, w.width, height}, title)) node->checked = open;
  if (!open) return height;
  return height + w.kit.paint_all(w.widget.widgets(Prop::kBody), w.row, w.x,
                                  w.y + height, w.width, w.surface);
}

}  // namespace paperphone::layout
