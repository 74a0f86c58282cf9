#include "env/layout/kit/painters.h"

namespace paperphone::layout {

int paint_float_button(const Paint& w) {
  Painter& painter = w.painter();
  const Rect rect{w.x + w.width - 72, w.y, 56, 56};
  painter.shadow(rect, 28, 10, 0x40000000);
  painter.rect(rect, w.accent(), 28);
  const std::string sign = w.icon("plus");
  painter.icon(sign, inset(rect, 15, 15), 0xFFFFFFFF);
  w.touch(rect, sign);
  return 56;
}

}  // namespace paperphone::layout
