#include "env/layout/chrome/toast.h"

#include <algorithm>

namespace paperphone::layout {

using sim::PhoneState;

void paint_toast(Painter& painter, const PhoneState& state) {
  if (state.toast.text.empty() || state.world.now_ms >= state.toast.until_ms) return;
  const int width = painter.frame().width;
  const int text_width =
      std::min(width - 96, painter.text_width(state.toast.text, 14) + 1);
  const Rect pill{(width - text_width) / 2 - 20, painter.frame().height - 150,
                  text_width + 40, painter.line_height(14) + 22};
  painter.rect(pill, 0xF0303236, pill.height / 2);
  painter.label(state.toast.text, inset(pill, 20, 0),
                {.size = 14, .color = 0xFFFFFFFF, .align = TextStyle::Align::kCenter});
  painter.node(pill, Role::kText, {}, "toast", state.toast.text);
}

}  // namespace paperphone::layout
