#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_route(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = 72, side = (w.width - 2 * kPad - 52) / 2;
  const std::string from = w.text(Prop::kFrom), to = w.text(Prop::kTo);
  const Rect left{w.x + kPad, w.y, side, height};
  const Rect right{w.x + w.width - kPad - side, w.y, side, height};
  painter.label(from, left, {.size = 24, .color = theme.text, .bold = true});
  painter.label(
      to, right,
      {.size = 24, .color = theme.text, .bold = true, .align = Align::kRight});
  const Rect swap{w.x + w.width / 2 - 22, w.y + height / 2 - 22, 44, 44};
  painter.rect(inset(swap, 4, 4), mix(w.accent(), theme.card, 12), 18);
  painter.icon("swap-horizontal", inset(swap, 10, 10), w.accent());
  w.touch(left, from, w.part("from"));
  w.touch(right, to, w.part("to"));
  w.touch(swap, "交换", w.part("swap"));
  return height;
}

}  // namespace paperphone::layout
