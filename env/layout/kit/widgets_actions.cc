#include <algorithm>

#include "env/app/parts.h"
#include "env/layout/kit/widgets.h"

namespace paperphone::layout {

using app::Prop;
using app::Widget;
using app::part_index;

namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
// For icons that name no colour of their own.
constexpr std::uint32_t kTints[] = {0xFFFF7A45, 0xFF3C8CFF, 0xFF22B573, 0xFFF5A623,
                                    0xFF8A6BF2, 0xFFEB5A7C, 0xFF12B5C9, 0xFF7A8CA5};
}  // namespace

void WidgetPainter::paint_button(W w, app::Ref row, Rect rect, const std::string& label,
                                 std::string_view style, bool enabled, int part) {
  const Theme& theme = painter_.theme();
  const int radius = rect.height / 2;
  std::uint32_t color = 0xFFFFFFFF;
  if (!enabled) {
    if (style != "text") painter_.rect(rect, theme.fill, radius);
    color = theme.text3;
  } else if (style == "outline" || style == "secondary") {
    painter_.rect(rect, mix(accent_, theme.card, 12), radius);
    color = accent_;
  } else if (style == "text") {
    color = accent_;
  } else if (style == "danger") {
    painter_.rect(rect, mix(theme.danger, theme.card, 12), radius);
    color = theme.danger;
  } else {
    painter_.gradient(rect, mix(accent_, 0xFFFFFFFF, 90), accent_, radius);
  }
  int size = 16;  // a narrow button rather has small letters than half a word
  while (size > 12 &&
         painter_.text_width(label, size, style != "text") > rect.width - 4)
    --size;
  painter_.label(
      label, rect,
      {.size = size, .color = color, .bold = style != "text", .align = Align::kCenter});
  if (Node* node = touch(w, row, rect, Role::kButton, label, part); node && !enabled) {
    node->enabled = false;
  }
}

int WidgetPainter::button(W w, P p) {
  const int height = std::max(46, painter_.line_height(16) + 22);
  const int margin = p.width < 120 ? 4 : kPad;
  paint_button(w, p.row, {p.x + margin, p.y + 6, p.width - 2 * margin, height},
               text(w, Prop::kLabel, p.row), w.name(Prop::kStyle, "primary"),
               flag(w, Prop::kEnabled, p.row, true), -1);
  return height + 12;
}

int WidgetPainter::icons(W w, P p) {
  const auto items = shown_items(w, Prop::kItems, p.row);
  if (items.empty()) return 0;
  const int columns = std::clamp(int(w.number(Prop::kColumns, 5)), 1, 6);
  const std::string_view style = w.name(Prop::kStyle, "tinted");
  const int margin = p.surface == Surface::kPage ? size::kMargin : 4;
  const int width = (p.width - 2 * margin) / columns;
  const int height = 62 + painter_.line_height(12);
  const int lines = (int(items.size()) + columns - 1) / columns;
  if (p.surface == Surface::kPage) {
    painter_.rect({p.x + margin, p.y, p.width - 2 * margin, lines * height + 10},
                  painter_.theme().card, size::kRadius);
  }
  for (int i = 0; i < int(items.size()); ++i) {
    const auto& [part, item] = items[std::size_t(i)];
    const Rect box{p.x + margin + i % columns * width, p.y + 5 + i / columns * height,
                   width, height};
    const int cx = box.x + width / 2;
    const std::uint32_t color =
        item_color(*item, p.row, kTints[std::size_t(i) % std::size(kTints)]);
    const std::string sign = item_icon(*item, p.row);
    const Rect disc{cx - 21, box.y + 8, 42, 42};
    if (style == "filled") {
      painter_.gradient(disc, mix(color, 0xFFFFFFFF, 80), color, 14);
      painter_.icon(sign, {cx - 12, box.y + 17, 24, 24}, 0xFFFFFFFF);
    } else if (style == "plain") {
      painter_.icon(sign, {cx - 14, box.y + 15, 28, 28}, color);
    } else {
      painter_.rect(disc, mix(color, painter_.theme().card, 14), 14);
      painter_.icon(sign, {cx - 12, box.y + 17, 24, 24}, color);
    }
    const std::string label = item_text(item->label, p.row);
    painter_.text(
        label, {box.x, box.y + 55, width, 0},
        {.size = 12, .color = painter_.theme().text, .align = Align::kCenter});
    painter_.badge(item_text(item->badge, p.row), {cx + 20, box.y + 10});
    touch(w, p.row, box, Role::kButton, label, part);
  }
  return lines * height + 10;
}

int WidgetPainter::route(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = 72, side = (p.width - 2 * kPad - 52) / 2;
  const std::string from = text(w, Prop::kFrom, p.row), to = text(w, Prop::kTo, p.row);
  const Rect left{p.x + kPad, p.y, side, height};
  const Rect right{p.x + p.width - kPad - side, p.y, side, height};
  painter_.label(from, left, {.size = 24, .color = theme.text, .bold = true});
  painter_.label(
      to, right,
      {.size = 24, .color = theme.text, .bold = true, .align = Align::kRight});
  const Rect swap{p.x + p.width / 2 - 22, p.y + height / 2 - 22, 44, 44};
  painter_.rect(inset(swap, 4, 4), mix(accent_, theme.card, 12), 18);
  painter_.icon("swap-horizontal", inset(swap, 10, 10), accent_);
  touch(w, p.row, left, Role::kButton, from, part_index(w, "from"));
  touch(w, p.row, right, Role::kButton, to, part_index(w, "to"));
  touch(w, p.row, swap, Role::kButton, "交换", part_index(w, "swap"));
  return height;
}

int WidgetPainter::action_bar(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = 60;
  painter_.rect({p.x, p.y, p.width, height}, theme.bar);
  painter_.divider(p.x, p.y, p.width);
  int x = p.x + 8;
  for (const auto& [part, item] : shown_items(w, Prop::kItems, p.row)) {
    const Rect box{x, p.y + 4, 48, 52};
    painter_.icon(item_icon(*item, p.row), {x + 13, p.y + 9, 22, 22},
                  item_color(*item, p.row, theme.text));
    const std::string label = item_text(item->label, p.row);
    painter_.text(label, {x, p.y + 34, 48, 0},
                  {.size = 10, .color = theme.text2, .align = Align::kCenter});
    painter_.badge(item_text(item->badge, p.row), {x + 37, p.y + 12});
    touch(w, p.row, box, Role::kButton, label, part);
    x += 50;
  }
  if (w.place(Prop::kChecked)) {
    const bool on = bound(w, Prop::kChecked, p.row).as_bool();
    const std::string label = text(w, Prop::kCheckLabel, p.row);
    check_circle({x + 16, p.y + height / 2}, on);
    const int width = 34 + painter_.text_width(label, 13) + 8;
    painter_.label(label, {x + 32, p.y, width, height},
                   {.size = 13, .color = theme.text});
    if (Node* node = touch(w, p.row, {x, p.y + 8, width, 44}, Role::kCheckBox, label,
                           part_index(w, "check"))) {
      node->checked = on;
    }
    x += width + 4;
  }
  const auto buttons = shown_items(w, Prop::kButtons, p.row);
  const std::string total = text(w, Prop::kTotal, p.row);
  int right = p.x + p.width - 12;
  if (!total.empty()) {
    const int button_width = 108;
    const int buttons_left = right - int(buttons.size()) * (button_width + 8);
    const auto sign = total.find("¥");
    const std::string words = total.substr(0, sign);
    const std::string price = sign == std::string::npos ? "" : total.substr(sign);
    const int words_width = painter_.text_width(words, 13);
    const int price_width = painter_.text_width(price, 20, true);
    const int start = std::max(x, buttons_left - words_width - price_width - 4);
    painter_.label(words, {start, p.y, words_width + 1, height},
                   {.size = 13, .color = theme.text});
    price_tag(price, start + words_width, p.y + (height - painter_.line_height(20)) / 2,
              20, theme.price);
    x = buttons_left;
  }
  if (!buttons.empty()) {
    const int width = (right - x - 8 * (int(buttons.size()) - 1)) / int(buttons.size());
    for (const auto& [part, item] : buttons) {
      paint_button(w, p.row, {x, p.y + 9, width, 42}, item_text(item->label, p.row),
                   item->style.empty() ? "primary" : item->style,
                   flag(w, Prop::kEnabled, p.row, true), part);
      x += width + 8;
    }
  }
  return height;
}

int WidgetPainter::input_bar(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = 58;
  painter_.rect({p.x, p.y, p.width, height}, theme.bar);
  painter_.divider(p.x, p.y, p.width);
  const std::string label = text(w, Prop::kLabel, p.row);
  const Rect send{p.x + p.width - 72, p.y + 10, 60, 38};
  const Rect area{p.x + 12, p.y + 9, send.x - p.x - 22, 40};
  painter_.rect(area, theme.dark ? theme.fill : theme.page, 20);
  editable(w, p.row, inset(area, 14, 0), 16, false);
  if (Node* node = touch(w, p.row, area, Role::kField, text(w, Prop::kHint, p.row))) {
    node->focused = is_focused(w, p.row);
  }
  paint_button(w, p.row, send, label.empty() ? "发送" : label, "primary",
               !bound(w, Prop::kBind, p.row).as_text().empty(), part_index(w, "send"));
  return height;
}

int WidgetPainter::float_button(W w, P p) {
  const Rect rect{p.x + p.width - 72, p.y, 56, 56};
  painter_.shadow(rect, 28, 10, 0x40000000);
  painter_.rect(rect, accent_, 28);
  const std::string sign = icon(w, p.row, "plus");
  painter_.icon(sign, inset(rect, 15, 15), 0xFFFFFFFF);
  touch(w, p.row, rect, Role::kButton, sign);
  return 56;
}

void WidgetPainter::paint_app_bar(Rect rect, bool has_back) {
  const Theme& theme = painter_.theme();
  const std::string_view style = screen_.bar_style;
  const Widget& w = screen_.bar_widget;
  const std::uint32_t ink = style == "accent" ? 0xFFFFFFFF : theme.text;
  const std::string title = item_text(screen_.title, {});
  int left = rect.x + kPad, right = rect.x + rect.width - 8;
  if (has_back) {
    const Rect box{rect.x + 4, rect.y + 2, 44, 44};
    painter_.icon("arrow-left", inset(box, 11, 11), ink);
    touch(w, {}, box, Role::kButton, "返回", part_index(w, "back"));
    left = rect.x + 50;
  }
  for (auto items = shown_items(w, Prop::kItems, {}); !items.empty();
       items.pop_back()) {
    const auto& [part, item] = items.back();
    const std::string label = item_text(item->label, {});
    const std::string sign = item_icon(*item, {});
    const int width = sign.empty() ? painter_.text_width(label, 15) + 20 : 44;
    const Rect box{right - width, rect.y + 2, width, 44};
    if (sign.empty()) {
      painter_.label(label, box,
                     {.size = 15,
                      .color = style == "accent" ? ink : accent_,
                      .align = Align::kCenter});
    } else {
      painter_.icon(sign, {box.x + 11, box.y + 11, 22, 22}, ink);
    }
    painter_.badge(item_text(item->badge, {}), {box.x + 34, box.y + 12});
    touch(w, {}, box, Role::kButton, label.empty() ? sign : label, part);
    right -= width;
  }
  painter_.label(title, {left, rect.y, right - left, rect.height},
                 {.size = has_back ? 18 : 20, .color = ink, .bold = true});
  if (touchable_) {
    painter_.node({left, rect.y, std::max(0, right - left), rect.height}, Role::kHeader,
                  {}, "", title);
  }
}

void WidgetPainter::paint_tab_bar(Rect rect) {
  const Theme& theme = painter_.theme();
  painter_.rect(rect, theme.bar);
  painter_.divider(rect.x, rect.y, rect.width);
  const Widget& w = screen_.tab_widget;
  const auto items = shown_items(w, Prop::kItems, {});
  if (items.empty()) return;
  const int width = rect.width / int(items.size());
  int x = rect.x;
  for (const auto& [part, item] : items) {
    const bool selected = item->id == screen_.tab;
    const std::uint32_t color = selected ? accent_ : theme.text2;
    const Rect box{x, rect.y, width, rect.height};
    painter_.icon(item_icon(*item, {}), {x + width / 2 - 12, rect.y + 7, 24, 24}, color);
    const std::string label = item_text(item->label, {});
    painter_.text(
        label, {x, rect.y + 33, width, 0},
        {.size = 11, .color = color, .bold = selected, .align = Align::kCenter});
    painter_.badge(item_text(item->badge, {}), {x + width / 2 + 14, rect.y + 10});
    if (Node* node = touch(w, {}, box, Role::kTab, label, part))
      node->checked = selected;
    x += width;
  }
}

}  // namespace paperphone::layout
