#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Value;

int paint_segments(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const Value chosen = w.bound(Prop::kBind);
  const auto items = w.shown_items(Prop::kOptions);
  if (items.empty()) return 0;
  const int height = std::max(38, painter.line_height(14) + 16);
  const bool on_page = w.surface == Surface::kPage && w.screen().background != "card";
  const Rect whole{w.x + kPad, w.y + 6, w.width - 2 * kPad, height};
  const std::uint32_t ground =
      on_page && !theme.dark ? mix(theme.text, theme.page, 7) : theme.fill;
  painter.rect(whole, ground, 10);
  const int count = int(items.size());
  for (int i = 0; i < count; ++i) {
    const auto& [part, item] = items[std::size_t(i)];
    const int left = whole.x + whole.width * i / count;
    const Rect box{left, whole.y, whole.x + whole.width * (i + 1) / count - left,
                   height};
    const bool on = app::evaluate(item->value, w.context()) == chosen;
    if (on) {
      const Rect pill = inset(box, 3, 3);
      painter.shadow({pill.x, pill.y + 1, pill.width, pill.height}, 8, 3, 0x22000000);
      painter.rect(pill, theme.dark ? mix(theme.text3, theme.fill, 55) : theme.card, 8);
    }
    const std::string label = w.item_text(item->label);
    int size = 14;
    while (size > 11 && painter.text_width(label, size, on) > box.width - 8) --size;
    painter.label(label, box,
                  {.size = size,
                   .color = on ? theme.text : theme.text2,
                   .bold = on,
                   .align = Align::kCenter});
    if (Node* node = w.touch(box, label, part)) node->checked = on;
  }
  return height + 12;
}

}  // namespace paperphone::layout
