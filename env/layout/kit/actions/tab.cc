#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_tab(const Paint& w) {
  Painter& painter = w.painter();
  const Rect rect{w.x, w.y, w.width, size::kTabBar};
  const Theme& theme = painter.theme();
  painter.rect(rect, theme.bar);
  painter.divider(rect.x, rect.y, rect.width);
  const auto items = w.shown_items(Prop::kItems);
  if (items.empty()) return rect.height;
  const int width = rect.width / int(items.size());
  int x = rect.x;
  for (const auto& [part, item] : items) {
    const bool selected = item->id == w.screen().tab;
    const std::uint32_t color = selected ? w.accent() : theme.text2;
    const Rect box{x, rect.y, width, rect.height};
    painter.icon(w.item_icon(*item), {x + width / 2 - 12, rect.y + 7, 24, 24}, color);
    const std::string label = w.item_text(item->label);
    painter.text(
        label, {x, rect.y + 33, width, 0},
        {.size = 11, .color = color, .bold = selected, .align = Align::kCenter});
    painter.badge(w.item_text(item->badge), {x + width / 2 + 14, rect.y + 10});
    if (Node* node = w.touch(box, label, part)) node->checked = selected;
    x += width;
  }
  return rect.height;
}

}  // namespace paperphone::layout
