#include "env/layout/kit/rail.h"

#include <algorithm>

#include "env/base/utf8.h"
#include "env/layout/kit/widget_painter.h"

namespace paperphone::layout {

// Once, though what lies in a carousel is painted dry first.
void Rail::note(const app::Widget& list, const std::string& heading, int y) {
  if (noting_ == kNotNoting) return;
  const auto known = [&](const Heading& h) {
    return h.list == &list && h.y == y - noting_;
  };
  if (std::none_of(headings_.begin(), headings_.end(), known))
    headings_.push_back({&list, heading, y - noting_});
}

void Rail::paint(WidgetPainter& kit, Rect view, int scroll_max) const {
  Painter& painter = kit.painter();
  std::vector<const Heading*> letters;
  for (const Heading& heading : headings_) {
    const app::Expr* rail = heading.list->expr(app::Prop::kRail);
    if (rail && app::holds(*rail, kit.machine().context(kit.state())))
      letters.push_back(&heading);
  }
  if (letters.size() < 2) return;
  const int step = std::clamp((view.height - 24) / int(letters.size()), 10, 20);
  int y = view.y + (view.height - step * int(letters.size())) / 2;
  for (const Heading* heading : letters) {
    std::size_t end = 0;
    next_code_point(heading->text, end);
    const std::string letter = heading->text.substr(0, end);
    const Rect box{view.x + view.width - 24, y, 24, step};
    painter.label(letter, box,
                  {.size = 11,
                   .color = kit.accent(),
                   .bold = true,
                   .align = TextStyle::Align::kCenter});
    y += step;
    if (!kit.touchable()) continue;
    const app::Widget& list = *heading->list;
    if (Node* node = painter.node(box, Role::kKey,
                                  {sim::Target::Where::kWidget, list.index, -1, {}},
                                  kit.address(list, {}, -1) + ".rail." + letter, letter))
      node->scroll_to = std::min(heading->y, scroll_max);
  }
}

}  // namespace paperphone::layout
