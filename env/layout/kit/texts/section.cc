#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_section(const Paint& w) {
  Painter& painter = w.painter();
  const std::string title = w.text(Prop::kTitle);
  const std::string label = w.text(Prop::kLabel);
  const bool on_page = w.surface == Surface::kPage;
  const int height = painter.line_height(14) + (on_page ? 18 : 16);
  const Rect rect{w.x, w.y, w.width, height};
  painter.label(title, {w.x + kPad + (on_page ? 4 : 0), w.y + 2, w.width - 120, height},
                {.size = on_page ? 13 : 16,
                 .color = on_page ? painter.theme().text2 : painter.theme().text,
                 .bold = !on_page});
  if (!label.empty()) {
    const int right = w.x + w.width - kPad - (!w.has_id() ? 4 : 14);
    painter.label(label, {right - 120, w.y + 2, 120, height},
                  {.size = 13, .color = painter.theme().text2, .align = Align::kRight});
    if (w.has_id()) painter.chevron(w.x + w.width - kPad + 4, w.y + 2 + height / 2);
  }
  w.touch(rect, title);
  return height;
}

}  // namespace paperphone::layout
