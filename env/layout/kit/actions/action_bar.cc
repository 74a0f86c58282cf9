#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_action_bar(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = 60;
  painter.rect({w.x, w.y, w.width, height}, theme.bar);
  painter.divider(w.x, w.y, w.width);
  int x = w.x + 8;
  for (const auto& [part, item] : w.shown_items(Prop::kItems)) {
    const Rect box{x, w.y + 4, 48, 52};
    painter.icon(w.item_icon(*item), {x + 13, w.y + 9, 22, 22},
                 w.item_color(*item, theme.text));
    const std::string label = w.item_text(item->label);
    painter.text(label, {x, w.y + 34, 48, 0},
                 {.size = 10, .color = theme.text2, .align = Align::kCenter});
    painter.badge(w.item_text(item->badge), {x + 37, w.y + 12});
    w.touch(box, label, part);
    x += 50;
  }
  if (w.widget.place(Prop::kChecked)) {
    const bool on = w.bound(Prop::kChecked).as_bool();
    const std::string label = w.text(Prop::kCheckLabel);
    check_circle(w, {x + 16, w.y + height / 2}, on);
    const int width = 34 + painter.text_width(label, 13) + 8;
    painter.label(label, {x + 32, w.y, width, height},
                  {.size = 13, .color = theme.text});
    if (Node* node = w.touch({x, w.y + 8, width, 44}, label, w.part("check"))) {
      node->checked = on;
    }
    x += width + 4;
  }
  const auto buttons = w.shown_items(Prop::kButtons);
  const std::string total = w.text(Prop::kTotal);
  int right = w.x + w.width - 12;
  if (!total.empty()) {
    const int button_width = 108;
    const int buttons_left = right - int(buttons.size()) * (button_width + 8);
    const auto sign = total.find("¥");
    const std::string words = total.substr(0, sign);
    const std::string price = sign == std::string::npos ? "" : total.substr(sign);
    const int words_width = painter.text_width(words, 13);
    const int price_width = painter.text_width(price, 20, true);
    const int start = std::max(x, buttons_left - words_width - price_width - 4);
    painter.label(words, {start, w.y, words_width + 1, height},
                  {.size = 13, .color = theme.text});
    price_tag(painter, price, start + words_width,
              w.y + (height - painter.line_height(20)) / 2, 20, theme.price);
    x = buttons_left;
  }
  if (!buttons.empty()) {
    const int width = (right - x - 8 * (int(buttons.size()) - 1)) / int(buttons.size());
    for (const auto& [part, item] : buttons) {
      button_plate(w, {x, w.y + 9, width, 42}, w.item_text(item->label),
                   item->style.empty() ? "primary" : item->style,
                   w.flag(Prop::kEnabled, true), part);
      x += width + 8;
    }
  }
  return height;
}

}  // namespace paperphone::layout
