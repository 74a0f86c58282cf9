#include "env/layout/kit/inputs/editable_text.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_field(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string label = w.text(Prop::kLabel);
  const std::string error = w.text(Prop::kError);
  const bool enabled = w.flag(Prop::kEnabled, true);
  const int box = w.flag(Prop::kMultiline, false) ? 120 : 56;
  const int height = box + (error.empty() ? 0 : painter.line_height(12) + 4);
  w.strip(height);
  const int label_width =
      label.empty() ? 0 : std::max(84, painter.text_width(label, 15) + 16);
  painter.label(label, {w.x + kPad, w.y, label_width, 56},
                {.size = 15, .color = enabled ? theme.text : theme.text3});
  const bool filled = !w.bound(Prop::kBind).as_text().empty();
  const Rect area{w.x + kPad + label_width, w.y, w.width - 2 * kPad - label_width - 30,
                  56};
  std::string shown = editable_text(w, area, 15, w.flag(Prop::kSecure, false));
  const Rect rect{w.x, w.y, w.width, height};
  if (Node* node = w.touch(rect, label.empty() ? w.text(Prop::kHint) : label)) {
    node->value = std::move(shown);
    node->focused = w.is_focused();
    node->enabled = node->enabled && enabled;
    if (!error.empty()) node->text += "，" + error;
  }
  if (!error.empty()) {
    const int line = painter.line_height(12);
    painter.icon("alert-circle", {w.x + kPad, w.y + box - 8 + (line - 14) / 2, 14, 14},
                 theme.danger);
    painter.text(error, {w.x + kPad + 19, w.y + box - 8, w.width - 2 * kPad - 19, 0},
                 {.size = 12, .color = theme.danger});
  }
  if (filled && w.is_focused()) {
    const Rect clear{w.x + w.width - 44, w.y + 8, 40, 40};
    painter.icon("close-circle", inset(clear, 11, 11), theme.text3);
    w.touch(clear, "清除", w.part("clear"));
  }
  if (error.empty()) {
    painter.divider(w.x + kPad, w.y + height - 1, w.width - 2 * kPad);
  } else {
    painter.rect({w.x + kPad, w.y + height - 1, w.width - 2 * kPad, 1}, theme.danger);
  }
  return height;
}

}  // namespace paperphone::layout
