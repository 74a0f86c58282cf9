#include <fmt/format.h>

#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;

int paint_carousel(const Paint& w) {
  Painter& painter = w.painter();
  const std::vector<Ref>& rows = w.rows();
  if (rows.empty()) return 0;
  const int count = int(rows.size());
  const int page =
      int(std::clamp<std::int64_t>(w.bound(Prop::kBind).as_int(), 0, count - 1));
  const Widget& item = w.widget.widgets(Prop::kItem).front();
  const Ref row = rows[std::size_t(page)];
  const bool was_dry = painter.set_dry(true);
  const int inner = w.kit.paint(item, row, w.x, w.y, w.width, w.surface);
  painter.set_dry(was_dry);
  // On pictures the dots lie on the picture, else below.
  const bool on_picture = app::component(item.kind).is_picture;
  const int height = inner + (on_picture || count < 2 ? 0 : 20);
  const Rect rect{w.x, w.y, w.width, height};
  if (Node* node = w.touch(rect, fmt::format("第{}张，共{}张", page + 1, count))) {
    node->swiping = Swiping::kSideways;
  }
  w.kit.paint(item, row, w.x, w.y, w.width, w.surface);
  if (count < 2) return height;
  const Theme& theme = painter.theme();
  constexpr int kDot = 5, kLong = 13, kBetween = 5;
  const int total = (count - 1) * (kDot + kBetween) + kLong;
  const int y = w.y + height - (on_picture ? 12 : 13);
  int x = w.x + (w.width - total) / 2;
  for (int i = 0; i < count; ++i) {
    const std::uint32_t color = i == page    ? on_picture ? 0xFFFFFFFF : w.accent()
                                   : on_picture ? 0x90FFFFFF
                                             : theme.text3;
    const int width = i == page ? kLong : kDot;
    painter.rect({x, y, width, kDot}, color, 2);
    x += width + kBetween;
  }
  const int middle = w.x + w.width / 2;
  w.touch({middle - 44, w.y + height - 34, 44, 34}, "上一张", w.part("previous"));
  w.touch({middle, w.y + height - 34, 44, 34}, "下一张", w.part("next"));
  return height;
}

}  // namespace paperphone::layout
