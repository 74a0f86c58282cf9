#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_stepper(const Paint& w) {
  Painter& painter = w.painter();
  const std::string label = w.text(Prop::kLabel);
  const int height = 56;
  w.strip(height);
  painter.label(label, {w.x + kPad, w.y, w.width / 2, height},
                {.size = 16, .color = painter.theme().text});
  if (w.touchable() && !label.empty()) {
    painter.node({w.x, w.y, w.width / 2, height}, Role::kText, {}, "", label);
  }
  stepper_control(w, {w.x + w.width / 2, w.y, w.width / 2 - kPad, height},
                  w.bound(Prop::kBind).as_int());
  return height;
}

}  // namespace paperphone::layout
