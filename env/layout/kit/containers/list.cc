#include "env/layout/kit/containers/instead_of_rows.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;

namespace {

int group_heading(const Paint& w, const std::string& heading, int x, int y, int width,
                  Surface surface) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = painter.line_height(13) + 12;
  const Rect rect{x, y, width, height};
  if (surface == Surface::kPage) painter.rect(rect, theme.page);
  painter.label(heading, {x + kPad, y, width - 2 * kPad, height},
                {.size = 13, .color = theme.text2, .bold = surface == Surface::kCard});
  if (w.touchable()) painter.node(rect, Role::kHeader, {}, "", heading);
  return height;
}

}  // namespace

int paint_list(const Paint& w) {
  Painter& painter = w.painter();
  if (const int height = instead_of_rows(w, false); height > 0) return height;
  const std::vector<Ref>& rows = w.rows();
  if (rows.empty()) return 0;
  const Widget& item = w.widget.widgets(Prop::kItem).front();
  const bool spaced = app::component(item.kind).stands_apart;
  const bool as_card =
      w.name(Prop::kStyle) == "card" && w.surface == Surface::kPage && !spaced;
  const int margin = as_card ? size::kMargin : 0;
  const int x = w.x + margin, width = w.width - 2 * margin;
  const Surface inner = as_card ? Surface::kCard : w.surface;
  std::vector<Ref> shown;
  for (const Ref row : rows) {
    if (w.kit.is_shown(item, row)) shown.push_back(row);
  }
  // The heading above each row of a grouped list; empty: the same as above the last
  // one.
  std::vector<std::string> headings;
  if (w.has(Prop::kGroupBy)) {
    std::string last;
    for (const Ref row : shown) {
      std::string heading = w.of(w.widget, row).text(Prop::kGroupBy);
      headings.push_back(heading == last ? "" : heading);
      last = std::move(heading);
    }
  }
  const auto begins_group = [&](std::size_t i) {
    return i < headings.size() && !headings[i].empty();
  };
  const auto paint_rows = [&](int y) {
    const int top = y;
    const Widget* outer = w.kit.divided();
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const Ref row = shown[i];
      const bool last = i + 1 == shown.size();
      if (begins_group(i)) {
        w.kit.rail().note(w.widget, headings[i], y);
        y += group_heading(w, headings[i], x, y, width, inner);
      }
      w.kit.set_divided(last || begins_group(i + 1) ? nullptr : &item);
      y += w.kit.paint(item, row, x, y, width, inner) + (spaced && !last ? 10 : 0);
    }
    w.kit.set_divided(outer);
    return y - top;
  };
  if (as_card) {
    const Painter::Mark below = painter.mark();
    const int height = paint_rows(w.y + 4) + 8;
    const Painter::Mark back = painter.mark();
    painter.rect({x, w.y, width, height}, painter.theme().card, size::kRadius);
    painter.put_below(below, back);
    return height;
  }
  return paint_rows(w.y);
}

}  // namespace paperphone::layout
