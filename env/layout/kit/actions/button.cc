#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_button(const Paint& w) {
  Painter& painter = w.painter();
  const int height = std::max(46, painter.line_height(16) + 22);
  const int margin = w.width < 120 ? 4 : kPad;
  button_plate(w, {w.x + margin, w.y + 6, w.width - 2 * margin, height},
               w.text(Prop::kLabel), w.name(Prop::kStyle, "primary"),
               w.flag(Prop::kEnabled, true), -1);
  return height + 12;
}

}  // namespace paperphone::layout
