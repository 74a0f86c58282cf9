#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_tags(const Paint& w) {
  Painter& painter = w.painter();
  const int height = painter.line_height(12) + 8;
  // Labels that can be touched need more room than they show.
  const int around = !w.has_id() ? 0 : std::max(0, (36 - height + 1) / 2);
  int x = w.x + kPad, y = w.y + std::max(4, around);
  for (const auto& [part, item] : w.shown_items(Prop::kItems)) {
    const std::string label = w.item_text(item->label);
    const int width = painter.text_width(label, 12) + 18;
    if (x + width > w.x + w.width - kPad && x > w.x + kPad) {
      x = w.x + kPad;
      y += height + std::max(8, 2 * around);
    }
    const std::uint32_t color = w.item_color(*item, w.accent());
    const Rect rect{x, y, width, height};
    painter.rect(rect, mix(color, painter.theme().card, 12), 6);
    painter.label(label, rect, {.size = 12, .color = color, .align = Align::kCenter});
    w.touch(inset(rect, 0, -around), label, part);
    x += width + 8;
  }
  return y + height + std::max(4, around) - w.y;
}

}  // namespace paperphone::layout
