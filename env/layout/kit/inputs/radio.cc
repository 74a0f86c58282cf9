#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Value;

int paint_radio(const Paint& w) {
  Painter& painter = w.painter();
  const Value chosen = w.bound(Prop::kBind);
  const int height = painter.line_height(16) + 28;
  int y = w.y;
  for (const auto& [part, item] : w.shown_items(Prop::kOptions)) {
    const bool on = app::evaluate(item->value, w.context()) == chosen;
    const std::string label = w.item_text(item->label);
    const Rect rect{w.x, y, w.width, height};
    if (w.surface == Surface::kPage) painter.rect(rect, painter.theme().card);
    painter.label(label, {w.x + kPad, y, w.width - 80, height},
                  {.size = 16, .color = on ? w.accent() : painter.theme().text});
    if (on) {
      painter.icon("check", {w.x + w.width - kPad - 22, y + height / 2 - 11, 22, 22},
                   w.accent());
    }
    if (Node* node = w.touch(rect, label, part)) node->checked = on;
    y += height;
  }
  return y - w.y;
}

}  // namespace paperphone::layout
