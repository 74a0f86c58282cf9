#include "env/layout/kit/inputs/wheel.h"

namespace paperphone::layout {

void paint_wheel(const Paint& w, int number, Rect column,
                 const std::string (&entries)[kEntries]) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  if (Node* node = w.touch(column, entries[2], app::wheel_part(w.widget, number, 0)))
    node->swiping = Swiping::kUpAndDown;
  for (int i = 0; i < kEntries; ++i) {
    const Rect box{column.x, column.y + i * kEntry, column.width, kEntry};
    const int away = std::abs(i - 2);
    const int size = away == 0 ? 20 : away == 1 ? 17 : 15;
    painter.label(entries[i], box,
                  {.size = size,
                   .color = away == 0   ? theme.text
                            : away == 1 ? theme.text2
                                        : theme.text3,
                   .bold = away == 0,
                   .align = Align::kCenter});
    if (away == 0) continue;
    if (Node* node =
            w.touch(box, entries[i], app::wheel_part(w.widget, number, i - 2))) {
      node->swiping = Swiping::kUpAndDown;
    }
  }
}

}  // namespace paperphone::layout
