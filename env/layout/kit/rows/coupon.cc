#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_coupon(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const bool enabled = w.flag(Prop::kEnabled, true);
  const std::string amount = w.text(Prop::kPrice);
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  const std::string caption = w.text(Prop::kCaption);
  const std::string label = w.text(Prop::kLabel);
  const int margin = w.surface == Surface::kPage ? size::kMargin : 8;
  const int words = painter.line_height(15) +
                    (subtitle.empty() ? 0 : painter.line_height(12) + 3) +
                    (caption.empty() ? 0 : painter.line_height(11) + 3);
  const int height = std::max(84, words + 24);
  const Rect rect{w.x + margin, w.y, w.width - 2 * margin, height};
  const int stub = 100;
  const std::uint32_t under = w.surface == Surface::kPage ? theme.page : theme.card;
  const std::uint32_t red = enabled ? theme.price : theme.text3;
  const std::uint32_t paper = enabled
                                  ? mix(theme.price, theme.card, theme.dark ? 18 : 8)
                              : w.surface == Surface::kPage ? theme.card
                                                            : theme.fill;
  painter.rect(rect, paper, 10);
  const int fold = rect.x + stub;
  for (int y = rect.y + 14; y < rect.y + height - 12; y += 8)
    painter.rect({fold, y, 1, 4}, mix(red, paper, 35));
  painter.rect({fold - 7, rect.y - 7, 14, 14}, under, 7);
  painter.rect({fold - 7, rect.y + height - 7, 14, 14}, under, 7);
  const bool was_dry = painter.set_dry(true);
  int size = 28;
  while (size > 16 && price_tag(painter, amount, 0, 0, size, red) > stub - 12) --size;
  const int amount_width = price_tag(painter, amount, 0, 0, size, red);
  painter.set_dry(was_dry);
  price_tag(painter, amount, rect.x + (stub - amount_width) / 2,
            rect.y + (height - painter.line_height(size)) / 2, size, red);
  const int button =
      label.empty() ? 0 : std::max(64, painter.text_width(label, 13) + 26);
  const int x = fold + 14, right = rect.x + rect.width - 12 - (button ? button + 8 : 0);
  w.touch(rect, amount + " " + title + "，" + subtitle);
  int y = rect.y + (height - words) / 2;
  y += painter.text(
      title, {x, y, right - x, 0},
      {.size = 15, .color = enabled ? theme.text : theme.text3, .bold = true});
  if (!subtitle.empty())
    y += painter.text(subtitle, {x, y + 3, right - x, 0},
                      {.size = 12, .color = theme.text2}) +
         3;
  painter.text(caption, {x, y + 3, right - x, 0}, {.size = 11, .color = theme.text3});
  if (button > 0) {
    const int tall = painter.line_height(13) + 12;
    const Rect pill{rect.x + rect.width - 12 - button, rect.y + (height - tall) / 2,
                    button, tall};
    if (enabled) {
      painter.gradient(pill, mix(theme.price, 0xFFFFFFFF, 86), theme.price, tall / 2);
    } else {
      painter.rect(pill, theme.dark ? theme.divider : theme.fill, tall / 2);
    }
    painter.label(label, pill,
                  {.size = 13,
                   .color = enabled ? 0xFFFFFFFF : theme.text3,
                   .bold = enabled,
                   .align = Align::kCenter});
    if (w.has_id()) {
      Node* node = w.touch(inset(pill, 0, -std::max(0, (36 - tall + 1) / 2)), label,
                           w.part("use"));
      if (node && !enabled) node->enabled = false;
    }
  }
  return height;
}

}  // namespace paperphone::layout
