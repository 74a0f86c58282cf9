#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_message_row(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  const std::string time = w.text(Prop::kTime);
  const int height =
      std::max(70, painter.line_height(16) + painter.line_height(13) + 28);
  if (w.flag(Prop::kSelected, false)) {
    painter.rect({w.x, w.y, w.width, height}, mix(theme.text, theme.card, 5));
  } else {
    w.strip(height);
  }
  const int middle = w.y + height / 2;
  w.avatar(w.text(Prop::kAvatar), {w.x + kPad, middle - 24, 48, 48}, 8);
  painter.badge(w.text(Prop::kBadge), {w.x + kPad + 46, middle - 22});
  const int x = w.x + kPad + 60, right = w.x + w.width - kPad;
  const int time_width = painter.text_width(time, 11) + 1;
  int y = middle - (painter.line_height(16) + painter.line_height(13) + 3) / 2;
  painter.text(title, {x, y, right - x - time_width - 8, 0},
               {.size = 16, .color = theme.text});
  painter.text(time, {right - time_width, y + 3, time_width, 0},
               {.size = 11, .color = theme.text2, .align = Align::kRight});
  y += painter.line_height(16) + 3;
  const bool muted = w.flag(Prop::kMuted, false);
  painter.text(subtitle, {x, y, right - x - (muted ? 22 : 0), 0},
               {.size = 13, .color = theme.text2});
  if (muted) painter.icon("bell-off", {right - 16, y + 1, 15, 15}, theme.text3);
  w.row_divider(x, height);
  w.touch({w.x, w.y, w.width, height}, title + "，" + subtitle);
  return height;
}

}  // namespace paperphone::layout
