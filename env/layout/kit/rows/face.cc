#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_face(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string label = w.text(Prop::kLabel);
  const bool selected = w.flag(Prop::kSelected, false);
  constexpr int kFace = 48;
  const int height = kFace + 14 + (label.empty() ? 0 : painter.line_height(12) + 4);
  const Rect rect{w.x, w.y, w.width, height};
  const Rect box{w.x + (w.width - kFace) / 2, w.y + 7, kFace, kFace};
  if (selected) painter.outline(inset(box, -3, -3), w.accent(), kFace / 2 + 3, 2);
  w.avatar(w.text(Prop::kAvatar), box, kFace / 2);
  painter.badge(w.text(Prop::kBadge), {box.x + kFace - 4, box.y + 5});
  painter.text(label, {w.x, box.y + kFace + 6, w.width, 0},
               {.size = 12,
                .color = selected ? w.accent() : theme.text2,
                .align = Align::kCenter});
  if (Node* node = w.touch(rect, label)) {
    node->checked = selected;
  }
  return height;
}

}  // namespace paperphone::layout
