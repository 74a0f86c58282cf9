#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_steps(const Paint& w) {
  Painter& painter = w.painter();
  const auto items = w.shown_items(Prop::kItems);
  if (items.empty()) return 0;
  const int selected = int(w.number(Prop::kSelected, 0));
  const int count = int(items.size());
  const int cell = (w.width - 2 * kPad) / count;
  const Theme& theme = painter.theme();
  for (int i = 0; i < count; ++i) {
    const int cx = w.x + kPad + cell * i + cell / 2;
    const bool reached = i <= selected;
    if (i + 1 < count) {
      painter.rect({cx, w.y + 19, cell, 2}, i < selected ? w.accent() : theme.divider);
    }
    painter.rect({cx - 10, w.y + 10, 20, 20}, reached ? w.accent() : theme.fill, 10);
    if (reached) painter.icon("check", {cx - 7, w.y + 13, 14, 14}, 0xFFFFFFFF);
    painter.text(w.item_text(items[std::size_t(i)].second->label),
                 {cx - cell / 2, w.y + 36, cell, 0},
                 {.size = 12,
                  .color = reached ? theme.text : theme.text2,
                  .align = Align::kCenter});
  }
  return 44 + painter.line_height(12);
}

}  // namespace paperphone::layout
