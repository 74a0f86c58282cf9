#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_lyric(const Paint& w) {
  Painter& painter = w.painter();
  const bool selected = w.flag(Prop::kSelected, false);
  const std::string value = w.text(Prop::kValue);
  const int around = std::max(8, (kTouch - painter.line_height(17)) / 2);
  const int height =
      painter.text(value, {w.x + 24, w.y + around, w.width - 48, 0},
                   {.size = selected ? 17 : 15,
                    .color = selected ? w.accent() : painter.theme().text2,
                    .bold = selected,
                    .lines = 2,
                    .align = Align::kCenter}) +
      2 * around;
  w.touch({w.x, w.y, w.width, height}, value);
  return height;
}

}  // namespace paperphone::layout
