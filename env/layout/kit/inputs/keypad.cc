#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

// A line with the amount; keys in three columns, and a tall button beside them.
// A line with the amount; keys in three columns, and a tall button beside them.
int amount_pad(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string amount(w.bound(Prop::kBind).as_text());
  const int line = painter.line_height(36);
  int x = w.x + kPad + 4;
  const int y = w.y + 10;
  x += painter.run("¥", x, y + line - painter.line_height(24) - painter.scaled(4),
                   {.size = 24, .color = theme.text, .bold = true}) +
       6;
  const int left = x;
  x += painter.run(amount, x, y, {.size = 36, .color = theme.text, .bold = true});
  if (amount.empty())
    painter.label("0.00", {left + 6, y, 120, line}, {.size = 30, .color = theme.text3});
  painter.rect({x + 2, y + line / 2 - painter.scaled(17), 2, painter.scaled(34)},
               w.accent());
  painter.divider(w.x + kPad, y + line + 10, w.width - 2 * kPad);
  if (w.touchable())
    painter.node({w.x, w.y, w.width, line + 20}, Role::kText, {}, "", "¥" + amount);
  const int top = y + line + 24, key_height = 54;
  painter.rect({w.x, top, w.width, 4 * key_height + 6}, theme.keyboard);
  const int column = (w.width - 6) / 4;
  const auto key = [&](int at_x, int at_y, int wide, int tall) {
    return Rect{w.x + 5 + at_x * column, top + 5 + at_y * key_height, wide * column - 5,
                tall * key_height - 5};
  };
  constexpr std::string_view kKeys[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
  const auto digit = [&](Rect box, std::string_view label, std::string_view part) {
    painter.rect(box, theme.key, 8);
    painter.label(label, box,
                  {.size = 23, .color = theme.text, .align = Align::kCenter});
    w.touch(box, std::string(label), w.part(part));
  };
  for (int i = 0; i < 9; ++i) digit(key(i % 3, i / 3, 1, 1), kKeys[i], kKeys[i]);
  digit(key(0, 3, 2, 1), "0", "0");
  digit(key(2, 3, 1, 1), ".", "dot");
  const Rect erase = key(3, 0, 1, 1);
  painter.rect(erase, theme.key, 8);
  painter.icon("backspace", {erase.x + erase.width / 2 - 12, erase.y + 12, 24, 24},
               theme.text);
  w.touch(erase, "删除", w.part("delete"));
  const Rect send = key(3, 1, 1, 3);
  const std::string given = w.text(Prop::kLabel);
  const std::string label = given.empty() ? "确定" : given;
  const bool enabled = !amount.empty() && w.flag(Prop::kEnabled, true);
  painter.rect(send, enabled ? w.accent() : mix(w.accent(), theme.keyboard, 40), 8);
  int size = 18;
  while (size > 12 && painter.text_width(label, size, true) > send.width - 8) --size;
  painter.label(label, send,
                {.size = size,
                 .color = enabled ? 0xFFFFFFFF : mix(0xFFFFFFFF, theme.keyboard, 70),
                 .bold = true,
                 .align = Align::kCenter});
  if (Node* node = w.touch(send, label, w.part("submit"))) node->enabled = enabled;
  return top + 4 * key_height + 6 - w.y;
}

}  // namespace

int paint_keypad(const Paint& w) {
  Painter& painter = w.painter();
  if (w.name(Prop::kStyle) == "amount") return amount_pad(w);
  const Theme& theme = painter.theme();
  const int length = int(w.integer(Prop::kLength, 6));
  const std::string_view value = w.bound(Prop::kBind).as_text();
  const std::string digits(value);
  const int box = 44, gap = 6;
  const int left = w.x + (w.width - length * box - (length - 1) * gap) / 2;
  for (int i = 0; i < length; ++i) {
    const Rect cell{left + i * (box + gap), w.y + 12, box, box};
    painter.rect(cell, theme.fill, 8);
    if (i < int(digits.size())) {
      painter.rect({cell.x + box / 2 - 5, cell.y + box / 2 - 5, 10, 10}, theme.text, 5);
    }
  }
  if (w.touchable() && !digits.empty()) {
    std::string dots;
    for (int i = 0; i < std::min(length, int(digits.size())); ++i) dots += "●";
    if (Node* node =
            painter.node({left, w.y + 12, length * (box + gap) - gap, box}, Role::kText,
                         {}, "", ""))
      node->value = std::move(dots);
  }
  const int top = w.y + box + 28, key_height = 52, key_width = w.width / 3;
  painter.rect({w.x, top, w.width, 4 * key_height + 4}, theme.keyboard);
  constexpr std::string_view kKeys[] = {"1", "2", "3", "4", "5", "6",
                                        "7", "8", "9", "",  "0", "delete"};
  for (int i = 0; i < 12; ++i) {
    if (kKeys[i].empty()) continue;
    const Rect key{w.x + i % 3 * key_width + 3, top + 4 + i / 3 * key_height,
                   key_width - 6, key_height - 4};
    const bool is_delete = kKeys[i] == "delete";
    painter.rect(key, is_delete ? theme.key_function : theme.key, 6);
    if (is_delete) {
      painter.icon("backspace", {key.x + key.width / 2 - 12, key.y + 12, 24, 24},
                   theme.text);
    } else {
      painter.label(kKeys[i], key,
                    {.size = 22, .color = theme.text, .align = Align::kCenter});
    }
    w.touch(key, is_delete ? "删除" : std::string(kKeys[i]), w.part(kKeys[i]));
  }
  return top + 4 * key_height + 4 - w.y;
}

}  // namespace paperphone::layout
