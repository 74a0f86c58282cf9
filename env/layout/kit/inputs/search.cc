#include "env/layout/kit/inputs/editable_text.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_search(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const bool on_card = w.surface == Surface::kCard || w.screen().background == "card";
  const Rect rect{w.x + size::kMargin, w.y + 6, w.width - 2 * size::kMargin, 40};
  painter.rect(rect, on_card ? theme.fill : theme.card, 20);
  painter.icon("magnify", {rect.x + 12, rect.y + 11, 18, 18}, theme.text2);
  const Rect area{rect.x + 38, rect.y, rect.width - 38 - 44, rect.height};
  std::string shown = editable_text(w, area, 15, false);
  Node* node = w.touch_as(w.widget.place(Prop::kBind) ? Role::kField : Role::kButton,
                          rect, w.text(Prop::kHint));
  if (node) {
    node->value = std::move(shown);
    node->focused = w.is_focused();
  }
  if (!w.bound(Prop::kBind).as_text().empty()) {
    const Rect clear{rect.x + rect.width - 42, rect.y, 40, 40};
    painter.icon("close-circle", inset(clear, 11, 11), theme.text3);
    w.touch(clear, "清除", w.part("clear"));
  }
  return 52;
}

}  // namespace paperphone::layout
