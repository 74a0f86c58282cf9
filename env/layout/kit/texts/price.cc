#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_price(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string value = w.text(Prop::kValue);
  const std::string was = w.text(Prop::kWas);
  const std::string label = w.text(Prop::kLabel);
  const std::string caption = w.text(Prop::kCaption);
  const int height = painter.line_height(26) + 8;
  const int bottom = w.y + 4 + painter.line_height(26);
  int x = w.x + kPad;
  if (!label.empty()) {
    const Rect pill{x, bottom - painter.line_height(12) - 7,
                    painter.text_width(label, 12) + 10, painter.line_height(12) + 2};
    painter.rect(pill, mix(theme.price, theme.card, 14), 4);
    painter.label(label, pill,
                  {.size = 12, .color = theme.price, .align = Align::kCenter});
    x += pill.width + 6;
  }
  x += price_tag(painter, value, x, w.y + 4, 26, theme.price) + 8;
  painter.struck(was, x, bottom - painter.line_height(14) - 4,
                 {.size = 14, .color = theme.text3});
  painter.text(
      caption,
      {w.x + w.width / 2, bottom - painter.line_height(13) - 4, w.width / 2 - kPad, 0},
      {.size = 13, .color = theme.text2, .align = Align::kRight});
  w.touch({w.x, w.y, w.width, height}, label + value);
  return height;
}

}  // namespace paperphone::layout
