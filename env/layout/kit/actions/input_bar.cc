#include "env/layout/kit/controls.h"
#include "env/layout/kit/inputs/editable_text.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

constexpr int kHeight = 58;
constexpr int kSign = 40;  // dp: the side of an item that can be touched

void sign(const Paint& w, int x, const app::Item& item, int part) {
  const Rect box{x, w.y + (kHeight - kSign) / 2, kSign, kSign};
  w.painter().icon(w.item_icon(item), inset(box, 7, 7), w.painter().theme().text);
  w.touch(box, w.item_text(item.label), part);
}

}  // namespace

int paint_input_bar(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  painter.rect({w.x, w.y, w.width, kHeight}, theme.bar);
  painter.divider(w.x, w.y, w.width);
  const auto items = w.shown_items(Prop::kItems);
  const bool written = !w.bound(Prop::kBind).as_text().empty();
  const bool sends = items.empty() || written;
  int left = w.x + 12, right = w.x + w.width - (sends ? 72 : 6);
  const Rect send{right, w.y + 10, 60, 38};
  if (sends) right -= 10;
  if (!items.empty()) {
    left = w.x + 6 + kSign + 4;
    sign(w, w.x + 6, *items.front().second, items.front().first);
    for (auto i = std::ssize(items) - (sends ? 2 : 1); i > 0; --i) {
      right -= kSign;
      sign(w, right, *items[i].second, items[i].first);
    }
    if (items.size() > 1) right -= 4;
  }
  const Rect area{left, w.y + 9, right - left, 40};
  painter.rect(area, theme.dark ? theme.fill : theme.page, 20);
  std::string shown = editable_text(w, inset(area, 14, 0), 16, false);
  if (Node* node = w.touch(area, w.text(Prop::kHint))) {
    node->value = std::move(shown);
    node->focused = w.is_focused();
  }
  if (sends) {
    const std::string label = w.text(Prop::kLabel);
    button_plate(w, send, label.empty() ? "发送" : label, "primary", written,
                 w.part("send"));
  }
  return kHeight;
}

}  // namespace paperphone::layout
