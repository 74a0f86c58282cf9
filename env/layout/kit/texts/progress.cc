#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_progress(const Paint& w) {
  Painter& painter = w.painter();
  const auto value = w.number(Prop::kValue, 0);
  const auto maximum = std::max<std::int64_t>(1, w.number(Prop::kMax, 100));
  const std::string label = w.text(Prop::kLabel);
  int y = w.y + 8;
  y += painter.text(label, {w.x + kPad, y, w.width - 2 * kPad, 0},
                    {.size = 13, .color = painter.theme().text2});
  const Rect track{w.x + kPad, y + 4, w.width - 2 * kPad, 8};
  const int filled =
      int(std::clamp<std::int64_t>(value, 0, maximum) * track.width / maximum);
  painter.rect(track, painter.theme().fill, 4);
  painter.rect({track.x, track.y, filled, track.height}, w.accent(), 4);
  w.touch({w.x, w.y, w.width, y + 20 - w.y}, label);
  return y + 22 - w.y;
}

}  // namespace paperphone::layout
