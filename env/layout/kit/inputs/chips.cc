#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Value;

int paint_chips(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const Value chosen = w.bound(Prop::kBind);
  const int height = std::max(34, painter.line_height(14) + 14);
  int x = w.x + kPad, y = w.y + 6;
  for (const auto& [part, item] : w.shown_items(Prop::kOptions)) {
    const bool on = app::evaluate(item->value, w.context()) == chosen;
    const std::string label = w.item_text(item->label);
    const int width = painter.text_width(label, 14) + 26;
    if (x + width > w.x + w.width - kPad && x > w.x + kPad) {
      x = w.x + kPad;
      y += height + 8;
    }
    const Rect rect{x, y, width, height};
    const bool on_page = w.surface == Surface::kPage && w.screen().background != "card";
    painter.rect(rect,
                 on        ? mix(w.accent(), theme.card, 14)
                 : on_page ? theme.card
                           : theme.fill,
                 height / 2);
    if (on) painter.outline(rect, w.accent(), height / 2);
    painter.label(
        label, rect,
        {.size = 14, .color = on ? w.accent() : theme.text, .align = Align::kCenter});
    if (Node* node = w.touch(rect, label, part)) node->checked = on;
    x += width + 8;
  }
  return y + height + 6 - w.y;
}

}  // namespace paperphone::layout
