#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "env/app/parts.h"
#include "env/layout/kit/widgets.h"

namespace paperphone::layout {

using app::CivilDate;
using app::Format;
using app::Kind;
using app::Prop;
using app::Ref;
using app::Value;
using app::civil_from_days;
using app::evaluate;
using app::part_index;
using app::weekday;

namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
constexpr std::string_view kWeekdays[] = {"日", "一", "二", "三", "四", "五", "六"};

}  // namespace

bool WidgetPainter::is_focused(W w, Ref row) const {
  return touchable_ && state_.focus.widget == w.index &&
         state_.focus.row == (w.list >= 0 ? row : Ref{});
}

void WidgetPainter::editable(W w, Ref row, Rect area, int size, bool secure) {
  const Theme& theme = painter_.theme();
  const bool focused = is_focused(w, row);
  std::string value;
  if (const app::Place* place = w.place(Prop::kBind)) {
    const app::EvalContext context = machine_.context(state_, row);
    const Value raw = app::read(*place, context);
    const bool zero_number = place->type.kind != Kind::kText && raw.as_int() == 0;
    if (!zero_number) {
      const bool money = place->type.kind == Kind::kMoney;
      value = app::format_value(raw, place->type,
                           money ? Format::kMoneyBare : Format::kPlain, context);
    }
  }
  if (secure) {
    std::string dots;
    for (const char c : value) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) dots += "●";
    }
    value = dots;
  }
  const std::string composing = focused ? state_.ime.composing : "";
  int x = area.x;
  if (value.empty() && composing.empty()) {
    const int aside = focused ? 5 : 0;  // of the caret
    const std::string hint = text(w, Prop::kHint, row);
    int hint_size = size;  // a long hint rather has small letters than no end
    while (hint_size > 11 && painter_.text_width(hint, hint_size) > area.width - aside)
      --hint_size;
    painter_.label(hint, {area.x + aside, area.y, area.width - aside, area.height},
                   {.size = hint_size, .color = theme.text3});
  } else {
    // The end of a long text is what one is writing.
    int width = painter_.text_width(value + composing, size);
    const Rect former = painter_.clip();
    if (width > area.width - 4) {
      painter_.set_clip(intersect(former, area));
      x -= width - area.width + 4;
    }
    const int y = area.y + (area.height - painter_.line_height(size)) / 2;
    x += painter_.run(value, x, y, {.size = size, .color = theme.text});
    x += painter_.run(composing, x, y, {.size = size, .color = accent_});
    painter_.set_clip(former);
  }
  if (focused) {
    const int caret = painter_.scaled(size) + 4;
    painter_.rect({x + 1, area.y + (area.height - caret) / 2, 2, caret}, accent_);
    if (!painter_.dry()) focused_ = area;
  }
}

void WidgetPainter::switch_control(Rect area, bool on, bool enabled) {
  const Theme& theme = painter_.theme();
  const Rect track{area.x + area.width - 46, area.y + (area.height - 26) / 2, 46, 26};
  const std::uint32_t color = on ? accent_ : theme.switch_off;
  painter_.rect(track, enabled ? color : mix(color, theme.card, 45), 13);
  painter_.rect({on ? track.x + 23 : track.x + 3, track.y + 3, 20, 20}, 0xFFFFFFFF, 10);
}

void WidgetPainter::check_circle(Point center, bool on) {
  const Rect box{center.x - 10, center.y - 10, 20, 20};
  if (on) {
    painter_.rect(box, accent_, 10);
    painter_.icon("check", inset(box, 3, 3), 0xFFFFFFFF);
  } else {
    painter_.outline(box, painter_.theme().text3, 10, 1);
  }
}

int WidgetPainter::search(W w, P p) {
  const Theme& theme = painter_.theme();
  const bool on_card = p.surface == Surface::kCard || screen_.background == "card";
  const Rect rect{p.x + size::kMargin, p.y + 6, p.width - 2 * size::kMargin, 40};
  painter_.rect(rect, on_card ? theme.fill : theme.card, 20);
  painter_.icon("magnify", {rect.x + 12, rect.y + 11, 18, 18}, theme.text2);
  const Rect area{rect.x + 38, rect.y, rect.width - 38 - 44, rect.height};
  editable(w, p.row, area, 15, false);
  Node* node =
      touch(w, p.row, rect, w.place(Prop::kBind) ? Role::kField : Role::kButton,
            text(w, Prop::kHint, p.row));
  if (node) node->focused = is_focused(w, p.row);
  if (!bound(w, Prop::kBind, p.row).as_text().empty()) {
    const Rect clear{rect.x + rect.width - 42, rect.y, 40, 40};
    painter_.icon("close-circle", inset(clear, 11, 11), theme.text3);
    touch(w, p.row, clear, Role::kButton, "清除", part_index(w, "clear"));
  }
  return 52;
}

int WidgetPainter::field(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string label = text(w, Prop::kLabel, p.row);
  const std::string error = text(w, Prop::kError, p.row);
  const bool enabled = flag(w, Prop::kEnabled, p.row, true);
  const int box = flag(w, Prop::kMultiline, p.row, false) ? 120 : 56;
  const int height = box + (error.empty() ? 0 : painter_.line_height(12) + 4);
  strip(p, height);
  const int label_width =
      label.empty() ? 0 : std::max(84, painter_.text_width(label, 15) + 16);
  painter_.label(label, {p.x + kPad, p.y, label_width, 56},
                 {.size = 15, .color = enabled ? theme.text : theme.text3});
  const bool filled = !bound(w, Prop::kBind, p.row).as_text().empty();
  const Rect area{p.x + kPad + label_width, p.y, p.width - 2 * kPad - label_width - 30,
                  56};
  editable(w, p.row, area, 15, flag(w, Prop::kSecure, p.row, false));
  const Rect rect{p.x, p.y, p.width, height};
  if (Node* node = touch(w, p.row, rect, Role::kField,
                         label.empty() ? text(w, Prop::kHint, p.row) : label)) {
    node->focused = is_focused(w, p.row);
    node->enabled = node->enabled && enabled;
    if (!error.empty()) node->text += "，" + error;
  }
  if (!error.empty()) {
    const int line = painter_.line_height(12);
    painter_.icon("alert-circle", {p.x + kPad, p.y + box - 8 + (line - 14) / 2, 14, 14},
                  theme.danger);
    painter_.text(error, {p.x + kPad + 19, p.y + box - 8, p.width - 2 * kPad - 19, 0},
                  {.size = 12, .color = theme.danger});
  }
  if (filled && is_focused(w, p.row)) {
    const Rect clear{p.x + p.width - 44, p.y + 8, 40, 40};
    painter_.icon("close-circle", inset(clear, 11, 11), theme.text3);
    touch(w, p.row, clear, Role::kButton, "清除", part_index(w, "clear"));
  }
  if (error.empty()) {
    painter_.divider(p.x + kPad, p.y + height - 1, p.width - 2 * kPad);
  } else {
    painter_.rect({p.x + kPad, p.y + height - 1, p.width - 2 * kPad, 1}, theme.danger);
  }
  return height;
}

int WidgetPainter::toggle(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string label = text(w, Prop::kLabel, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const bool enabled = flag(w, Prop::kEnabled, p.row, true);
  const bool on = bound(w, Prop::kBind, p.row).as_bool();
  const int right = p.x + p.width - kPad;
  int x = p.x + kPad;
  if (w.has(Prop::kIcon)) x += 44;
  const TextStyle caption_style{.size = 13, .color = theme.text2, .lines = 2};
  const bool was_dry = painter_.set_dry(true);
  const int caption_height =
      painter_.text(caption, {x, 0, right - 60 - x, 0}, caption_style);
  painter_.set_dry(was_dry);
  const int height =
      painter_.line_height(16) + caption_height + (caption.empty() ? 30 : 26);
  strip(p, height);
  const int middle = p.y + height / 2;
  if (w.has(Prop::kIcon)) {
    if (w.has(Prop::kIconColor)) {
      painter_.rect({p.x + kPad, middle - 15, 30, 30},
                    color(w, Prop::kIconColor, p.row, accent_), 8);
      painter_.icon(icon(w, p.row), {p.x + kPad + 6, middle - 9, 18, 18},
                    0xFFFFFFFF);
    } else {
      painter_.icon(icon(w, p.row), {p.x + kPad + 3, middle - 12, 24, 24},
                    accent_);
    }
  }
  int y = middle - (painter_.line_height(16) + caption_height) / 2;
  y += painter_.text(label, {x, y, right - 60 - x, 0},
                     {.size = 16, .color = enabled ? theme.text : theme.text3});
  painter_.text(caption, {x, y, right - 60 - x, 0}, caption_style);
  switch_control({x, p.y, right - x, height}, on, enabled);
  if (Node* node = touch(w, p.row, {p.x, p.y, p.width, height}, Role::kSwitch, label)) {
    node->checked = on;
    node->enabled = node->enabled && enabled;
  }
  return height;
}

int WidgetPainter::check(W w, P p) {
  const std::string label = text(w, Prop::kLabel, p.row);
  const bool on = bound(w, Prop::kBind, p.row).as_bool();
  const int height = painter_.line_height(15) + 28;
  strip(p, height);
  const bool enabled = flag(w, Prop::kEnabled, p.row, true);
  check_circle({p.x + kPad + 10, p.y + height / 2}, on);
  painter_.label(
      label, {p.x + kPad + 34, p.y, p.width - 2 * kPad - 34, height},
      {.size = 15, .color = enabled ? painter_.theme().text : painter_.theme().text3});
  if (Node* node =
          touch(w, p.row, {p.x, p.y, p.width, height}, Role::kCheckBox, label)) {
    node->checked = on;
  }
  return height;
}

int WidgetPainter::radio(W w, P p) {
  const Value chosen = bound(w, Prop::kBind, p.row);
  const int height = painter_.line_height(16) + 28;
  int y = p.y;
  for (const auto& [part, item] : shown_items(w, Prop::kOptions, p.row)) {
    const bool on = evaluate(item->value, machine_.context(state_, p.row)) == chosen;
    const std::string label = item_text(item->label, p.row);
    const Rect rect{p.x, y, p.width, height};
    if (p.surface == Surface::kPage) painter_.rect(rect, painter_.theme().card);
    painter_.label(label, {p.x + kPad, y, p.width - 80, height},
                   {.size = 16, .color = on ? accent_ : painter_.theme().text});
    if (on) {
      painter_.icon("check", {p.x + p.width - kPad - 22, y + height / 2 - 11, 22, 22},
                    accent_);
    }
    if (Node* node = touch(w, p.row, rect, Role::kRadio, label, part))
      node->checked = on;
    y += height;
  }
  return y - p.y;
}

int WidgetPainter::chips(W w, P p) {
  const Theme& theme = painter_.theme();
  const Value chosen = bound(w, Prop::kBind, p.row);
  const int height = std::max(34, painter_.line_height(14) + 14);
  int x = p.x + kPad, y = p.y + 6;
  for (const auto& [part, item] : shown_items(w, Prop::kOptions, p.row)) {
    const bool on = evaluate(item->value, machine_.context(state_, p.row)) == chosen;
    const std::string label = item_text(item->label, p.row);
    const int width = painter_.text_width(label, 14) + 26;
    if (x + width > p.x + p.width - kPad && x > p.x + kPad) {
      x = p.x + kPad;
      y += height + 8;
    }
    const Rect rect{x, y, width, height};
    const bool on_page = p.surface == Surface::kPage && screen_.background != "card";
    painter_.rect(rect,
                  on        ? mix(accent_, theme.card, 14)
                  : on_page ? theme.card
                            : theme.fill,
                  height / 2);
    if (on) painter_.outline(rect, accent_, height / 2);
    painter_.label(
        label, rect,
        {.size = 14, .color = on ? accent_ : theme.text, .align = Align::kCenter});
    if (Node* node = touch(w, p.row, rect, Role::kRadio, label, part))
      node->checked = on;
    x += width + 8;
  }
  return y + height + 6 - p.y;
}

int WidgetPainter::top_tabs(W w, P p) {
  const Theme& theme = painter_.theme();
  const Value chosen = bound(w, Prop::kBind, p.row);
  const auto items = shown_items(w, Prop::kOptions, p.row);
  if (items.empty()) return 0;
  const int height = 44;
  painter_.rect({p.x, p.y, p.width, height},
                p.surface == Surface::kPage ? theme.bar : theme.card);
  // Long labels take more room than short ones; if all is too much, smaller letters.
  std::vector<int> widths;
  int words = 0, size = 15;
  for (;; --size) {
    widths.clear();
    words = 0;
    for (const auto& [part, item] : items) {
      widths.push_back(painter_.text_width(item_text(item->label, p.row), size, true) +
                       2);
      words += widths.back();
    }
    if (words <= p.width - 8 || size <= 11) break;
  }
  int x = p.x, spare = p.width - words, left = int(items.size());
  for (const auto& [part, item] : items) {
    const bool on = evaluate(item->value, machine_.context(state_, p.row)) == chosen;
    const std::string label = item_text(item->label, p.row);
    const int extra = spare / left;
    const int width = widths[items.size() - std::size_t(left--)] + extra;
    spare -= extra;
    const Rect rect{x, p.y, width, height};
    painter_.label(label, rect,
                   {.size = size,
                    .color = on ? accent_ : theme.text,
                    .bold = on,
                    .align = Align::kCenter});
    if (on) painter_.rect({x + width / 2 - 12, p.y + height - 5, 24, 3}, accent_, 1);
    if (Node* node = touch(w, p.row, rect, Role::kTab, label, part)) node->checked = on;
    x += width;
  }
  return height;
}

int WidgetPainter::stepper(W w, P p) {
  const std::string label = text(w, Prop::kLabel, p.row);
  const int height = 56;
  strip(p, height);
  painter_.label(label, {p.x + kPad, p.y, p.width / 2, height},
                 {.size = 16, .color = painter_.theme().text});
  if (touchable_ && !label.empty()) {
    painter_.node({p.x, p.y, p.width / 2, height}, Role::kText, {}, "", label);
  }
  stepper_control(w, p.row, {p.x + p.width / 2, p.y, p.width / 2 - kPad, height},
                  bound(w, Prop::kBind, p.row).as_int());
  return height;
}

int WidgetPainter::slider(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string label = text(w, Prop::kLabel, p.row);
  const auto low = number(w, Prop::kMin, p.row, 0),
             high = number(w, Prop::kMax, p.row, 100);
  const auto value = std::clamp(bound(w, Prop::kBind, p.row).as_int(),
                                std::min(low, high), std::max(low, high));
  const int label_height = label.empty() ? 0 : painter_.line_height(15) + 6;
  const int height = label_height + 56;
  strip(p, height);
  painter_.text(label, {p.x + kPad, p.y + 10, p.width - 90, 0},
                {.size = 15, .color = theme.text});
  painter_.text(std::to_string(value), {p.x + p.width - kPad - 60, p.y + 10, 60, 0},
                {.size = 14, .color = theme.text2, .align = Align::kRight});
  const int middle = p.y + label_height + 28;
  const Rect minus{p.x + 8, middle - 20, 40, 40},
      plus{p.x + p.width - 48, middle - 20, 40, 40};
  painter_.icon("minus", inset(minus, 10, 10), theme.text2);
  painter_.icon("plus", inset(plus, 10, 10), theme.text2);
  const Rect track{p.x + 60, middle - 3, p.width - 120, 6};
  const int filled =
      high > low ? int((value - low) * track.width / (high - low)) : track.width;
  painter_.rect(track, theme.fill, 3);
  painter_.rect({track.x, track.y, std::max(6, filled), 6}, accent_, 3);
  const Rect knob{track.x + filled - 11, middle - 11, 22, 22};
  painter_.shadow(knob, 11, 4, 0x30000000);
  painter_.rect(knob, 0xFFFFFFFF, 11);
  touch(w, p.row, {track.x, middle - 18, track.width, 36}, Role::kSlider,
        label + " " + std::to_string(value));
  touch(w, p.row, minus, Role::kButton, label + "减", part_index(w, "minus"));
  touch(w, p.row, plus, Role::kButton, label + "加", part_index(w, "plus"));
  return height;
}

int WidgetPainter::dates(W w, P p) {
  const Theme& theme = painter_.theme();
  const auto start = number(w, Prop::kStart, p.row, 0);
  const int days = int(w.number(Prop::kDays, sim::kDefaultDates));
  const auto chosen = bound(w, Prop::kBind, p.row).as_int();
  const std::int64_t today = machine_.context(state_).world.now_ms / 86'400'000;
  // As few rows as fit, all but equally long.
  const int lines = std::max(1, (days + 7) / 8);
  const int columns = std::max(1, (days + lines - 1) / lines);
  const int width = (p.width - 16) / columns;
  const int name_height = painter_.line_height(11);
  const int height = name_height + painter_.line_height(14) + 19;
  painter_.rect({p.x, p.y, p.width, lines * height + 8},
                p.surface == Surface::kPage ? theme.bar : theme.card);
  for (int i = 0; i < days; ++i) {
    const std::int64_t date = start + i;
    const CivilDate day = civil_from_days(date);
    const bool on = date == chosen;
    const Rect box{p.x + 8 + i % columns * width, p.y + 4 + i / columns * height, width,
                   height};
    if (on) painter_.rect(inset(box, 3, 2), accent_, 10);
    const std::uint32_t ink = on ? 0xFFFFFFFF : theme.text;
    const std::string day_name =
        date == today ? "今天"
                      : "周" + std::string(kWeekdays[std::size_t(weekday(date))]);
    painter_.text(
        day_name, {box.x, box.y + 7, width, 0},
        {.size = 11, .color = on ? ink : theme.text2, .align = Align::kCenter});
    painter_.text(fmt::format("{}-{}", day.month, day.day),
                  {box.x, box.y + 9 + name_height, width, 0},
                  {.size = 14, .color = ink, .bold = on, .align = Align::kCenter});
    if (Node* node = touch(w, p.row, box, Role::kTab,
                           fmt::format("{}月{}日", day.month, day.day), i)) {
      node->checked = on;
    }
  }
  return lines * height + 8;
}

int WidgetPainter::calendar(W w, P p) {
  const Theme& theme = painter_.theme();
  const auto start = number(w, Prop::kStart, p.row, 0);
  const auto days = w.number(Prop::kDays, 15);
  const auto chosen = bound(w, Prop::kBind, p.row).as_int();
  const int width = (p.width - 2 * 10) / 7, height = 46;
  int y = p.y + 6;
  const auto day_after_last = start + days;
  CivilDate month = civil_from_days(start);
  std::int64_t first = start - (month.day - 1);
  while (first < day_after_last) {
    month = civil_from_days(first);
    painter_.text(fmt::format("{}年{}月", month.year, month.month),
                  {p.x + kPad, y + 4, p.width, 0},
                  {.size = 16, .color = theme.text, .bold = true});
    y += painter_.line_height(16) + 10;
    for (int d = 0; d < 7; ++d) {
      painter_.text(kWeekdays[d], {p.x + 10 + d * width, y, width, 0},
                    {.size = 12, .color = theme.text2, .align = Align::kCenter});
    }
    y += painter_.line_height(12) + 4;
    std::int64_t date = first;
    int column = weekday(first);
    for (; civil_from_days(date).month == month.month; ++date) {
      const bool on_sale = date >= start && date < day_after_last;
      const bool on = date == chosen;
      const Rect box{p.x + 10 + column * width, y, width, height};
      if (on) painter_.rect({box.x + width / 2 - 19, box.y + 4, 38, 38}, accent_, 19);
      const int number = int(date - first) + 1;
      painter_.label(std::to_string(number), box,
                     {.size = 16,
                      .color = on        ? 0xFFFFFFFF
                               : on_sale ? theme.text
                                         : theme.text3,
                      .align = Align::kCenter});
      if (on_sale) {
        if (Node* node = touch(w, p.row, box, Role::kButton,
                               fmt::format("{}月{}日", month.month, number),
                               int(date - start))) {
          node->checked = on;
        }
      }
      if (++column == 7) column = 0, y += height;
    }
    if (column != 0) y += height;
    y += 8;
    first = date;
  }
  return y - p.y;
}

int WidgetPainter::keypad(W w, P p) {
  if (w.name(Prop::kStyle) == "amount") return amount_pad(w, p);
  const Theme& theme = painter_.theme();
  const int length = int(w.number(Prop::kLength, 6));
  const std::string_view value = bound(w, Prop::kBind, p.row).as_text();
  const std::string digits(value);
  const int box = 44, gap = 6;
  const int left = p.x + (p.width - length * box - (length - 1) * gap) / 2;
  for (int i = 0; i < length; ++i) {
    const Rect cell{left + i * (box + gap), p.y + 12, box, box};
    painter_.rect(cell, theme.fill, 8);
    if (i < int(digits.size())) {
      painter_.rect({cell.x + box / 2 - 5, cell.y + box / 2 - 5, 10, 10}, theme.text,
                    5);
    }
  }
  const int top = p.y + box + 28, key_height = 52, key_width = p.width / 3;
  painter_.rect({p.x, top, p.width, 4 * key_height + 4}, theme.keyboard);
  constexpr std::string_view kKeys[] = {"1", "2", "3", "4", "5", "6",
                                        "7", "8", "9", "",  "0", "delete"};
  for (int i = 0; i < 12; ++i) {
    if (kKeys[i].empty()) continue;
    const Rect key{p.x + i % 3 * key_width + 3, top + 4 + i / 3 * key_height,
                   key_width - 6, key_height - 4};
    const bool is_delete = kKeys[i] == "delete";
    painter_.rect(key, is_delete ? theme.key_function : theme.key, 6);
    if (is_delete) {
      painter_.icon("backspace", {key.x + key.width / 2 - 12, key.y + 12, 24, 24},
                    theme.text);
    } else {
      painter_.label(kKeys[i], key,
                     {.size = 22, .color = theme.text, .align = Align::kCenter});
    }
    touch(w, p.row, key, Role::kKey, is_delete ? "删除" : std::string(kKeys[i]),
          part_index(w, kKeys[i]));
  }
  return top + 4 * key_height + 4 - p.y;
}

}  // namespace paperphone::layout
