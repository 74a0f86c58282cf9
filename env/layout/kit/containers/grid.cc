#include "env/layout/kit/containers/instead_of_rows.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;

int paint_grid(const Paint& w) {
  if (const int height = instead_of_rows(w, true); height > 0) return height;
  const std::vector<Ref>& rows = w.rows();
  if (rows.empty()) return 0;
  const Widget& item = w.widget.widgets(Prop::kItem).front();
  const int columns = std::clamp(int(w.integer(Prop::kColumns, 2)), 1, 6);
  constexpr int kGap = 8;
  const int margin = w.surface == Surface::kPage ? size::kMargin : kPad;
  const int width = (w.width - 2 * margin - kGap * (columns - 1)) / columns;
  // Each row goes to the shortest column, as feeds do.
  std::vector<int> bottoms(std::size_t(columns), w.y);
  for (const Ref row : rows) {
    if (!w.kit.is_shown(item, row)) continue;
    const auto shortest = std::min_element(bottoms.begin(), bottoms.end());
    const int column = int(shortest - bottoms.begin());
    const int x = w.x + margin + column * (width + kGap);
    *shortest += w.kit.paint(item, row, x, *shortest, width, Surface::kCard) + kGap;
  }
  return *std::max_element(bottoms.begin(), bottoms.end()) - w.y;
}

}  // namespace paperphone::layout
