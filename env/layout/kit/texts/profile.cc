#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_profile(const Paint& w) {
  Painter& painter = w.painter();
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  const bool accent = w.name(Prop::kStyle, "plain") == "accent";
  const Theme& theme = painter.theme();
  const int height = 96;
  const Rect rect{w.x, w.y, w.width, height};
  if (accent) {
    painter.gradient(rect, w.accent(), mix(w.accent(), 0xFFFFFFFF, 78),
                     w.surface == Surface::kCard ? size::kRadius : 0);
  } else {
    w.strip(height);
  }
  const std::string name = w.text(Prop::kAvatar);
  w.avatar(name.empty() ? title : name, {w.x + kPad, w.y + 18, 60, 60}, 12);
  const int x = w.x + kPad + 74;
  const int width = w.width - (x - w.x) - kPad - 20;
  const int text_height =
      painter.line_height(19) + (subtitle.empty() ? 0 : painter.line_height(13) + 2);
  int y = w.y + (height - text_height) / 2;
  y += painter.text(
      title, {x, y, width, 0},
      {.size = 19, .color = accent ? 0xFFFFFFFF : theme.text, .bold = true});
  painter.text(subtitle, {x, y + 2, width, 0},
               {.size = 13, .color = accent ? 0xFFEFF3FF : theme.text2});
  if (w.flag(Prop::kChevron, false)) {
    painter.chevron(w.x + w.width - kPad + 4, w.y + height / 2);
  }
  w.touch(rect, title);
  return height;
}

}  // namespace paperphone::layout
