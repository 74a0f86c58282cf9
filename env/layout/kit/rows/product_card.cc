#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_product_card(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  const std::string price = w.text(Prop::kPrice);
  const std::string caption = w.text(Prop::kCaption);
  const std::string tag = w.text(Prop::kTag);
  const std::string was = w.text(Prop::kWas);
  const std::uint64_t picture_seed = w.seed();
  // Covers differ in height, as in a feed, but always the same for one picture.
  const int cover = w.width * (90 + int(picture_seed % 4) * 10) / 100;
  const int inner = w.width - 20;
  const auto paint_text = [&](int y) {
    y += painter.text(title, {w.x + 10, y, inner, 0},
                      {.size = 14, .color = theme.text, .lines = 2});
    if (!tag.empty()) {
      const int tw = painter.text_width(tag, 10) + 10, th = painter.line_height(10) + 3;
      const Rect pill{w.x + 10, y + 3, std::min(tw, inner), th};
      painter.outline(pill, mix(w.accent(), theme.card, 55), 3);
      painter.label(tag, pill,
                    {.size = 10, .color = w.accent(), .align = Align::kCenter});
      y += th + 6;
    }
    if (!subtitle.empty()) {
      y += painter.text(subtitle, {w.x + 10, y + 2, inner, 0},
                        {.size = 12, .color = theme.text2}) +
           2;
    }
    if (!price.empty() || !caption.empty()) {
      int used = price_tag(painter, price, w.x + 10, y + 2, 18, theme.price) + 6;
      if (!was.empty())
        used += painter.struck(was, w.x + 10 + used, y + 2 + painter.scaled(6),
                               {.size = 11, .color = theme.text3}) +
                6;
      painter.text(
          caption,
          {w.x + 10 + used, y + 2 + painter.scaled(6), std::max(0, inner - used), 0},
          {.size = 11, .color = theme.text2, .align = Align::kRight});
      y += painter.line_height(18) + 2;
    }
    return y;
  };
  const bool was_dry = painter.set_dry(true);
  const int height = cover + paint_text(w.y + 8) - w.y + 10;
  painter.set_dry(was_dry);
  const Rect rect{w.x, w.y, w.width, height};
  if (painter.hidden(rect)) return height;
  painter.rect(rect, theme.card, 12);
  // Round above, square where it meets the text.
  const Rect former = painter.clip();
  painter.set_clip(intersect(former, {w.x, w.y, w.width, cover}));
  painter.picture(w.picture_kind("goods"), picture_seed,
                  {w.x, w.y, w.width, cover + 12}, 12);
  painter.set_clip(former);
  paint_text(w.y + cover + 8);
  w.touch(rect, title + (price.empty() ? "" : "，" + price));
  return height;
}

}  // namespace paperphone::layout
