#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Value;

int paint_top_tabs(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const Value chosen = w.bound(Prop::kBind);
  const auto items = w.shown_items(Prop::kOptions);
  if (items.empty()) return 0;
  const int height = 44;
  painter.rect({w.x, w.y, w.width, height},
               w.surface == Surface::kPage ? theme.bar : theme.card);
  // Long labels take more room than short ones; if all is too much, smaller letters.
  std::vector<int> widths;
  int words = 0, size = 15;
  for (;; --size) {
    widths.clear();
    words = 0;
    for (const auto& [part, item] : items) {
      widths.push_back(painter.text_width(w.item_text(item->label), size, true) + 2);
      words += widths.back();
    }
    if (words <= w.width - 8 || size <= 11) break;
  }
  int x = w.x, spare = w.width - words, left = int(items.size());
  for (const auto& [part, item] : items) {
    const bool on = app::evaluate(item->value, w.context()) == chosen;
    const std::string label = w.item_text(item->label);
    const int extra = spare / left;
    const int width = widths[items.size() - std::size_t(left--)] + extra;
    spare -= extra;
    const Rect rect{x, w.y, width, height};
    painter.label(label, rect,
                  {.size = size,
                   .color = on ? w.accent() : theme.text,
                   .bold = on,
                   .align = Align::kCenter});
    if (on) painter.rect({x + width / 2 - 12, w.y + height - 5, 24, 3}, w.accent(), 1);
    if (Node* node = w.touch(rect, label, part)) node->checked = on;
    x += width;
  }
  return height;
}

}  // namespace paperphone::layout
