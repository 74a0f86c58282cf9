#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_empty(const Paint& w) {
  Painter& painter = w.painter();
  const std::string value = w.text(Prop::kValue);
  const std::string sign = w.icon("inbox");
  const bool good_news = sign.starts_with("check");
  const Theme& theme = painter.theme();
  painter.rect({w.x + w.width / 2 - 36, w.y + 40, 72, 72},
               good_news ? mix(w.accent(), theme.card, 12) : theme.fill, 36);
  painter.icon(sign, {w.x + w.width / 2 - 18, w.y + 58, 36, 36},
               good_news ? w.accent() : theme.text3);
  const int height = painter.text(value, {w.x + 32, w.y + 126, w.width - 64, 0},
                                  {.size = 14,
                                   .color = painter.theme().text2,
                                   .lines = 2,
                                   .align = Align::kCenter});
  w.touch({w.x, w.y, w.width, height + 160}, value);
  return height + 160;
}

}  // namespace paperphone::layout
