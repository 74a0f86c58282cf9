#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_check(const Paint& w) {
  Painter& painter = w.painter();
  const std::string label = w.text(Prop::kLabel);
  const bool on = w.bound(Prop::kBind).as_bool();
  const int height = painter.line_height(15) + 28;
  w.strip(height);
  const bool enabled = w.flag(Prop::kEnabled, true);
  check_circle(w, {w.x + kPad + 10, w.y + height / 2}, on);
  painter.label(
      label, {w.x + kPad + 34, w.y, w.width - 2 * kPad - 34, height},
      {.size = 15, .color = enabled ? painter.theme().text : painter.theme().text3});
  if (Node* node = w.touch({w.x, w.y, w.width, height}, label)) {
    node->checked = on;
  }
  return height;
}

}  // namespace paperphone::layout
