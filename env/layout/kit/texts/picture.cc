#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_picture(const Paint& w) {
  Painter& painter = w.painter();
  const int height = int(w.integer(Prop::kHeight, 200));
  const bool in_card = w.surface == Surface::kCard;
  const Rect rect = in_card ? Rect{w.x + 8, w.y + 4, w.width - 16, height}
                            : Rect{w.x, w.y, w.width, height};
  const int times = int(std::clamp<std::int64_t>(w.number(Prop::kZoom, 1), 1, 4));
  const Rect whole{rect.x - rect.width * (times - 1) / 2,
                   rect.y - rect.height * (times - 1) / 2, rect.width * times,
                   rect.height * times};
  const Rect former = painter.clip();
  if (times > 1) painter.set_clip(intersect(former, rect));
  painter.picture(w.picture_kind("pattern"), w.seed(), whole, in_card ? 10 : 0);
  painter.set_clip(former);
  w.touch(rect, "图片");
  return height + (in_card ? 8 : 0);
}

}  // namespace paperphone::layout
