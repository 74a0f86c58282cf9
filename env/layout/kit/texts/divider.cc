#include "env/layout/kit/painters.h"

namespace paperphone::layout {

int paint_divider(const Paint& w) {
  w.painter().divider(w.x + kPad, w.y, w.width - 2 * kPad);
  return 1;
}

}  // namespace paperphone::layout
