#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_bubble(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const bool mine = w.flag(Prop::kMine, false);
  const std::string value = w.text(Prop::kValue);
  const std::string time = w.text(Prop::kTime);
  int y = w.y + 6;
  if (!time.empty()) {
    y += painter.text(time, {w.x, y + 4, w.width, 0},
                      {.size = 11, .color = theme.text3, .align = Align::kCenter}) +
         10;
  }
  const int widest = w.width - 2 * (kPad + 52) - 12;
  const TextStyle style{
      .size = 16, .color = mine ? theme.mine_text : theme.text, .lines = 0};
  const int width = std::min(widest, painter.text_width(value, 16) + 1);
  const bool was_dry = painter.set_dry(true);
  const int text_height = painter.text(value, {0, 0, width, 0}, style);
  painter.set_dry(was_dry);
  const int height = std::max(40, text_height + 18);
  const int avatar_x = mine ? w.x + w.width - kPad - 40 : w.x + kPad;
  w.avatar(w.text(Prop::kAvatar), {avatar_x, y, 40, 40}, 6);
  const int bx = mine ? avatar_x - 12 - width - 24 : avatar_x + 52;
  const Rect rect{bx, y, width + 24, height};
  const std::uint32_t fill = mine ? theme.mine : theme.card;
  // The tail: a triangle glyph whose base lies under the bubble's edge.
  painter.icon(mine ? "menu-right" : "menu-left",
               {mine ? rect.x + rect.width - 12 : rect.x - 16, y + 6, 28, 28}, fill);
  painter.rect(rect, fill, 8);
  painter.text(value, {bx + 12, y + (height - text_height) / 2, width, 0}, style);
  w.touch(rect, value);
  return y + height + 8 - w.y;
}

}  // namespace paperphone::layout
