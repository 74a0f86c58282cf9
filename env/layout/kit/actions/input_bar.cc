#include "env/layout/kit/controls.h"
#include "env/layout/kit/inputs/editable_text.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_input_bar(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = 58;
  painter.rect({w.x, w.y, w.width, height}, theme.bar);
  painter.divider(w.x, w.y, w.width);
  const std::string label = w.text(Prop::kLabel);
  const Rect send{w.x + w.width - 72, w.y + 10, 60, 38};
  const Rect area{w.x + 12, w.y + 9, send.x - w.x - 22, 40};
  painter.rect(area, theme.dark ? theme.fill : theme.page, 20);
  std::string shown = editable_text(w, inset(area, 14, 0), 16, false);
  if (Node* node = w.touch(area, w.text(Prop::kHint))) {
    node->value = std::move(shown);
    node->focused = w.is_focused();
  }
  button_plate(w, send, label.empty() ? "发送" : label, "primary",
               !w.bound(Prop::kBind).as_text().empty(), w.part("send"));
  return height;
}

}  // namespace paperphone::layout
