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
  // The amount is whole, beside a wide label, a caption and under a large font too.
  const int right = w.x + w.width - kPad;
  const auto beside = [&](const std::string& words, int size) {
    return words.empty() ? 0 : painter.text_width(words, size) + 9;
  };
  const int room = right - x - beside(was, 14) - beside(caption, 13);
  int size = 26;
  const bool was_dry = painter.set_dry(true);
  while (size > 16 && price_tag(painter, value, x, 0, size, theme.price) > room) --size;
  painter.set_dry(was_dry);
  x += price_tag(painter, value, x, bottom - painter.line_height(size), size,
                 theme.price) +
       8;
  x += painter.struck(was, x, bottom - painter.line_height(14) - 4,
                      {.size = 14, .color = theme.text3});
  painter.text(caption, {x, bottom - painter.line_height(13) - 4, right - x, 0},
               {.size = 13, .color = theme.text2, .align = Align::kRight});
  w.touch({w.x, w.y, w.width, height}, label + value);
  return height;
}

}  // namespace paperphone::layout
