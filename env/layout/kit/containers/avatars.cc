#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;

int paint_avatars(const Paint& w) {
  Painter& painter = w.painter();
  const std::vector<Ref>& rows = w.rows();
  const Widget& item = w.widget.widgets(Prop::kItem).front();
  constexpr int kFace = 36, kStep = 26;
  const int height = kFace + 20;
  const Theme& theme = painter.theme();
  w.strip(height);
  int x = w.x + kPad;
  for (const Ref row : rows) {
    if (!w.kit.is_shown(item, row)) continue;
    if (x + kFace > w.x + w.width - 100) break;
    const Rect box{x, w.y + 10, kFace, kFace};
    painter.rect(inset(box, -2, -2), theme.card, kFace / 2 + 2);
    w.of(item, row).avatar(w.of(item, row).text(Prop::kAvatar), box, kFace / 2);
    x += kStep;
  }
  const std::string label = w.text(Prop::kLabel);
  painter.label(label,
                {x + kFace - kStep + 10, w.y, w.x + w.width - kPad - x - 20, height},
                {.size = 13, .color = theme.text2});
  w.touch({w.x, w.y, w.width, height}, label);
  return height;
}

}  // namespace paperphone::layout
