#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_card(const Paint& w) {
  Painter& painter = w.painter();
  const int margin = w.surface == Surface::kPage ? size::kMargin : 0;
  const int x = w.x + margin, width = w.width - 2 * margin;
  const auto& body = w.widget.widgets(Prop::kBody);
  const Painter::Mark below = painter.mark();
  const int inner = w.kit.paint_all(body, w.row, x, w.y + 4, width, Surface::kCard);
  if (inner == 0) {
    painter.take_back(below);
    return 0;
  }
  const Painter::Mark back = painter.mark();
  const Rect rect{x, w.y, width, inner + 8};
  painter.rect(rect, painter.theme().card, size::kRadius);
  if (w.has_id()) w.touch(rect, "");
  painter.put_below(below, back);
  return rect.height;
}

}  // namespace paperphone::layout
