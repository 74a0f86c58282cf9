#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_picture(const Paint& w) {
  Painter& painter = w.painter();
  const int height = int(w.integer(Prop::kHeight, 200));
  const bool in_card = w.surface == Surface::kCard;
  const Rect rect = in_card ? Rect{w.x + 8, w.y + 4, w.width - 16, height}
                            : Rect{w.x, w.y, w.width, height};
  painter.picture(w.picture_kind("pattern"), w.seed(), rect, in_card ? 10 : 0);
  w.touch(rect, "图片");
  return height + (in_card ? 8 : 0);
}

}  // namespace paperphone::layout
