#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_filters(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const auto items = w.shown_items(Prop::kItems);
  const int columns = std::clamp(int(w.integer(Prop::kColumns, 3)), 1, 4);
  constexpr int kGap = 10;
  const int width = (w.width - 2 * kPad - kGap * (columns - 1)) / columns;
  const int height = std::max(38, painter.line_height(14) + 14);
  const bool on_page = w.surface == Surface::kPage && w.screen().background != "card";
  for (int i = 0; i < int(items.size()); ++i) {
    const auto& [part, item] = items[std::size_t(i)];
    const Rect rect{w.x + kPad + i % columns * (width + kGap),
                    w.y + 6 + i / columns * (height + kGap), width, height};
    const bool on = app::read(item->bind, w.context()).as_bool();
    painter.rect(rect,
                 on        ? mix(w.accent(), theme.card, 14)
                 : on_page ? theme.card
                           : theme.fill,
                 8);
    if (on) painter.outline(rect, w.accent(), 8);
    const std::string label = w.item_text(item->label);
    int size = 14;
    while (size > 11 && painter.text_width(label, size) > width - 8) --size;
    painter.label(
        label, rect,
        {.size = size, .color = on ? w.accent() : theme.text, .align = Align::kCenter});
    if (Node* node = w.touch(rect, label, part)) node->checked = on;
  }
  const int lines = (int(items.size()) + columns - 1) / columns;
  return lines * (height + kGap) - kGap + 14;
}

}  // namespace paperphone::layout
