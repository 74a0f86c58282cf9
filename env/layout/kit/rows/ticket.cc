#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_ticket(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int margin = w.surface == Surface::kPage ? size::kMargin : 0;
  const std::string tag = w.text(Prop::kTag);
  const std::string caption = w.text(Prop::kCaption);
  const int big = painter.line_height(22), line = painter.line_height(14);
  const int upper = std::max(
      16 + big + 4 + line, 14 + painter.line_height(11) + 8 + painter.line_height(13) +
                               (tag.empty() ? 0 : painter.line_height(10) + 6));
  const int height = upper + (caption.empty() ? 16 : 22 + painter.line_height(12));
  const Rect rect{w.x + margin, w.y, w.width - 2 * margin, height};
  painter.rect(rect, theme.card, 12);
  const int x = rect.x + kPad, right = rect.x + rect.width - kPad;
  const std::string number = w.text(Prop::kNumber);
  const std::string depart = w.text(Prop::kDepart);
  const std::string arrive = w.text(Prop::kArrive);
  const std::string from = w.text(Prop::kFrom), to = w.text(Prop::kTo);
  const std::string price = w.text(Prop::kPrice);
  bool was_dry = painter.set_dry(true);
  const int price_width =
      price.empty() ? 0 : price_tag(painter, price, 0, 0, 20, 0) + 12;
  painter.set_dry(was_dry);
  const int inner = right - x - price_width;
  const int least = std::max(painter.text_width(depart, 22, true),
                             painter.text_width(arrive, 22, true)) +
                    1;
  const int names =
      std::max(painter.text_width(from, 14), painter.text_width(to, 14)) + 1;
  const int side = std::max(least, std::min(names, (inner - 64) / 2));
  const int mid_x = x + side, mid_width = inner - 2 * side;
  const int second = rect.y + 16 + big + 4;
  painter.text(depart, {x, rect.y + 16, side, 0},
               {.size = 22, .color = theme.text, .bold = true});
  painter.text(from, {x, second, side, 0}, {.size = 14, .color = theme.text});
  painter.text(arrive, {mid_x + mid_width, rect.y + 16, side, 0},
               {.size = 22, .color = theme.text, .bold = true, .align = Align::kRight});
  painter.text(to, {mid_x + mid_width, second, side, 0},
               {.size = 14, .color = theme.text, .align = Align::kRight});
  painter.text(w.text(Prop::kDuration), {mid_x, rect.y + 14, mid_width, 0},
               {.size = 11, .color = theme.text2, .align = Align::kCenter});
  const int rail = rect.y + 14 + painter.line_height(11) + 4;
  painter.rect({mid_x + 8, rail, mid_width - 16, 1}, theme.text3);
  painter.rect({mid_x + 6, rail - 2, 5, 5}, w.accent(), 2);
  painter.rect({mid_x + mid_width - 11, rail - 2, 5, 5}, w.accent(), 2);
  int mid_y = rail + 4;
  mid_y += painter.text(number, {mid_x, mid_y, mid_width, 0},
                        {.size = 13, .color = theme.text2, .align = Align::kCenter});
  if (!tag.empty()) {
    const int tw = painter.text_width(tag, 10) + 10;
    const Rect pill{mid_x + (mid_width - tw) / 2, mid_y + 1, tw,
                    painter.line_height(10) + 2};
    painter.rect(pill, mix(w.accent(), theme.card, 14), 4);
    painter.label(tag, pill,
                  {.size = 10, .color = w.accent(), .align = Align::kCenter});
  }
  if (!price.empty()) {
    price_tag(painter, price, right - price_width + 12,
              rect.y + (upper - painter.line_height(20)) / 2 + 4, 20, theme.price);
  }
  if (!caption.empty()) {
    painter.divider(x, rect.y + upper + 7, right - x);
    painter.text(caption, {x, rect.y + upper + 14, right - x, 0},
                 {.size = 12, .color = theme.text2});
  }
  w.touch(rect, number + " " + from + depart + "到" + to + arrive + " " + price);
  return height;
}

}  // namespace paperphone::layout
