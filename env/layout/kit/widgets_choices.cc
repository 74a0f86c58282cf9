// Choosing: folds, filters, segments, wheels, an amount.
#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "env/app/parts.h"
#include "env/layout/kit/widgets.h"

namespace paperphone::layout {

using app::Prop;
using app::Value;
using app::days_from_civil;
using app::floor_mod;
using app::kMinutesPerDay;
using app::part_index;

namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
constexpr int kEntry = 40;    // dp: one entry of a wheel
constexpr int kEntries = 5;   // seen at once
}  // namespace

int WidgetPainter::expander(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string value = text(w, Prop::kValue, p.row);
  const bool open = bound(w, Prop::kBind, p.row).as_bool();
  const int height = painter_.line_height(16) + 28;
  strip(p, height);
  const int middle = p.y + height / 2;
  int x = p.x + kPad, right = p.x + p.width - kPad;
  if (w.has(Prop::kIcon)) {
    painter_.icon(icon(w, p.row), {x + 1, middle - 11, 22, 22}, accent_);
    x += 36;
  }
  painter_.icon(open ? "chevron-up" : "chevron-down", {right - 20, middle - 10, 20, 20},
                theme.text3);
  right -= 26;
  const int width = std::min(painter_.text_width(value, 14) + 1, (right - x) / 2);
  painter_.label(value, {right - width, p.y, width, height},
                 {.size = 14, .color = theme.text2, .align = Align::kRight});
  painter_.label(title, {x, p.y, right - width - 8 - x, height},
                 {.size = 16, .color = theme.text});
  if (Node* node = touch(w, p.row, {p.x, p.y, p.width, height}, Role::kButton, title))
    node->checked = open;
  if (!open) return height;
  return height + paint_all(w.widgets(Prop::kBody), p.row, p.x, p.y + height, p.width,
                            p.surface);
}

int WidgetPainter::filters(W w, P p) {
  const Theme& theme = painter_.theme();
  const auto items = shown_items(w, Prop::kItems, p.row);
  const int columns = std::clamp(int(w.number(Prop::kColumns, 3)), 1, 4);
  constexpr int kGap = 10;
  const int width = (p.width - 2 * kPad - kGap * (columns - 1)) / columns;
  const int height = std::max(38, painter_.line_height(14) + 14);
  const bool on_page = p.surface == Surface::kPage && screen_.background != "card";
  for (int i = 0; i < int(items.size()); ++i) {
    const auto& [part, item] = items[std::size_t(i)];
    const Rect rect{p.x + kPad + i % columns * (width + kGap),
                    p.y + 6 + i / columns * (height + kGap), width, height};
    const bool on = app::read(item->bind, machine_.context(state_, p.row)).as_bool();
    painter_.rect(rect,
                  on        ? mix(accent_, theme.card, 14)
                  : on_page ? theme.card
                            : theme.fill,
                  8);
    if (on) painter_.outline(rect, accent_, 8);
    const std::string label = item_text(item->label, p.row);
    int size = 14;
    while (size > 11 && painter_.text_width(label, size) > width - 8) --size;
    painter_.label(
        label, rect,
        {.size = size, .color = on ? accent_ : theme.text, .align = Align::kCenter});
    if (Node* node = touch(w, p.row, rect, Role::kCheckBox, label, part))
      node->checked = on;
  }
  const int lines = (int(items.size()) + columns - 1) / columns;
  return lines * (height + kGap) - kGap + 14;
}

int WidgetPainter::segments(W w, P p) {
  const Theme& theme = painter_.theme();
  const Value chosen = bound(w, Prop::kBind, p.row);
  const auto items = shown_items(w, Prop::kOptions, p.row);
  if (items.empty()) return 0;
  const int height = std::max(38, painter_.line_height(14) + 16);
  const bool on_page = p.surface == Surface::kPage && screen_.background != "card";
  const Rect whole{p.x + kPad, p.y + 6, p.width - 2 * kPad, height};
  const std::uint32_t ground =
      on_page && !theme.dark ? mix(theme.text, theme.page, 7) : theme.fill;
  painter_.rect(whole, ground, 10);
  const int count = int(items.size());
  for (int i = 0; i < count; ++i) {
    const auto& [part, item] = items[std::size_t(i)];
    const int left = whole.x + whole.width * i / count;
    const Rect box{left, whole.y, whole.x + whole.width * (i + 1) / count - left, height};
    const bool on = app::evaluate(item->value, machine_.context(state_, p.row)) == chosen;
    if (on) {
      const Rect pill = inset(box, 3, 3);
      painter_.shadow({pill.x, pill.y + 1, pill.width, pill.height}, 8, 3, 0x22000000);
      painter_.rect(pill, theme.dark ? mix(theme.text3, theme.fill, 55) : theme.card, 8);
    }
    const std::string label = item_text(item->label, p.row);
    int size = 14;
    while (size > 11 && painter_.text_width(label, size, on) > box.width - 8) --size;
    painter_.label(label, box,
                   {.size = size,
                    .color = on ? theme.text : theme.text2,
                    .bold = on,
                    .align = Align::kCenter});
    if (Node* node = touch(w, p.row, box, Role::kRadio, label, part)) node->checked = on;
  }
  return height + 12;
}

// One wheel; its parts come in the order of the component table.
void WidgetPainter::wheel(W w, P p, int number, Rect column,
                          const std::string (&entries)[5]) {
  const Theme& theme = painter_.theme();
  const int wheels = w.kind == app::WidgetKind::kTimePicker ? 2 : 3;
  const int whole = 4 * wheels + number;
  if (Node* node = touch(w, p.row, column, Role::kSlider, entries[2], whole)) {
    node->swiping = Swiping::kUpAndDown;
    node->role = Role::kText;
  }
  constexpr int kParts[] = {0, 1, -1, 2, 3};
  for (int i = 0; i < kEntries; ++i) {
    const Rect box{column.x, column.y + i * kEntry, column.width, kEntry};
    const int away = std::abs(i - 2);
    const int size = away == 0 ? 20 : away == 1 ? 17 : 15;
    painter_.label(entries[i], box,
                   {.size = size,
                    .color = away == 0   ? theme.text
                             : away == 1 ? theme.text2
                                         : theme.text3,
                    .bold = away == 0,
                    .align = Align::kCenter});
    if (kParts[i] < 0) continue;
    if (Node* node =
            touch(w, p.row, box, Role::kButton, entries[i], 4 * number + kParts[i])) {
      node->swiping = Swiping::kUpAndDown;
    }
  }
}

int WidgetPainter::date_picker(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = kEntries * kEntry;
  const Value value = bound(w, Prop::kBind, p.row);
  const std::int64_t shown =
      value.is_none() ? app::floor_div(state_.world.now_ms, app::kMsPerMinute * kMinutesPerDay)
                      : value.as_int();
  const app::CivilDate day = app::civil_from_days(shown);
  strip(p, height + 16);
  const int x = p.x + kPad, width = p.width - 2 * kPad;
  painter_.rect({x, p.y + 8 + 2 * kEntry, width, kEntry}, theme.fill, 10);
  const std::int64_t first = days_from_civil({day.year, day.month, 1});
  const std::int64_t next = day.month == 12 ? days_from_civil({day.year + 1, 1, 1})
                                            : days_from_civil({day.year, day.month + 1, 1});
  std::string years[5], months[5], days[5];
  for (int i = 0; i < kEntries; ++i) {
    years[i] = fmt::format("{}年", day.year + i - 2);
    months[i] = fmt::format("{}月", floor_mod(day.month - 1 + i - 2, 12) + 1);
    days[i] = fmt::format("{}日", floor_mod(day.day - 1 + i - 2, next - first) + 1);
  }
  const int third = width / 3;
  wheel(w, p, 0, {x, p.y + 8, third, height}, years);
  wheel(w, p, 1, {x + third, p.y + 8, third, height}, months);
  wheel(w, p, 2, {x + 2 * third, p.y + 8, width - 2 * third, height}, days);
  return height + 16;
}

int WidgetPainter::time_picker(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = kEntries * kEntry;
  const std::int64_t time =
      floor_mod(bound(w, Prop::kBind, p.row).as_int(), kMinutesPerDay);
  strip(p, height + 16);
  const int x = p.x + kPad, width = p.width - 2 * kPad;
  painter_.rect({x, p.y + 8 + 2 * kEntry, width, kEntry}, theme.fill, 10);
  std::string hours[5], minutes[5];
  for (int i = 0; i < kEntries; ++i) {
    hours[i] = fmt::format("{:02}", floor_mod(time / 60 + i - 2, 24));
    minutes[i] = fmt::format("{:02}", floor_mod(time % 60 + i - 2, 60));
  }
  const int half = width / 2;
  wheel(w, p, 0, {x, p.y + 8, half, height}, hours);
  wheel(w, p, 1, {x + half, p.y + 8, width - half, height}, minutes);
  for (const auto& [left, unit] : {std::pair{x + half / 2, "时"}, {x + half + half / 2, "分"}})
    painter_.label(unit, {left + 26, p.y + 8 + 2 * kEntry, 30, kEntry},
                   {.size = 14, .color = theme.text2});
  return height + 16;
}

// A line with the amount; keys in three columns, and a tall button beside them.
int WidgetPainter::amount_pad(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string amount(bound(w, Prop::kBind, p.row).as_text());
  const int line = painter_.line_height(36);
  int x = p.x + kPad + 4;
  const int y = p.y + 10;
  x += painter_.run("¥", x, y + line - painter_.line_height(24) - painter_.scaled(4),
                    {.size = 24, .color = theme.text, .bold = true}) +
       6;
  const int left = x;
  x += painter_.run(amount, x, y, {.size = 36, .color = theme.text, .bold = true});
  if (amount.empty())
    painter_.label("0.00", {left + 6, y, 120, line}, {.size = 30, .color = theme.text3});
  painter_.rect({x + 2, y + line / 2 - painter_.scaled(17), 2, painter_.scaled(34)}, accent_);
  painter_.divider(p.x + kPad, y + line + 10, p.width - 2 * kPad);
  if (touchable_)
    painter_.node({p.x, p.y, p.width, line + 20}, Role::kText, {}, "", "¥" + amount);
  const int top = y + line + 24, key_height = 54;
  painter_.rect({p.x, top, p.width, 4 * key_height + 6}, theme.keyboard);
  const int column = (p.width - 6) / 4;
  const auto key = [&](int at_x, int at_y, int wide, int tall) {
    return Rect{p.x + 5 + at_x * column, top + 5 + at_y * key_height, wide * column - 5,
                tall * key_height - 5};
  };
  constexpr std::string_view kKeys[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
  const auto digit = [&](Rect box, std::string_view label, std::string_view part) {
    painter_.rect(box, theme.key, 8);
    painter_.label(label, box, {.size = 23, .color = theme.text, .align = Align::kCenter});
    touch(w, p.row, box, Role::kKey, std::string(label), part_index(w, part));
  };
  for (int i = 0; i < 9; ++i) digit(key(i % 3, i / 3, 1, 1), kKeys[i], kKeys[i]);
  digit(key(0, 3, 2, 1), "0", "0");
  digit(key(2, 3, 1, 1), ".", "dot");
  const Rect erase = key(3, 0, 1, 1);
  painter_.rect(erase, theme.key, 8);
  painter_.icon("backspace", {erase.x + erase.width / 2 - 12, erase.y + 12, 24, 24},
                theme.text);
  touch(w, p.row, erase, Role::kKey, "删除", part_index(w, "delete"));
  const Rect send = key(3, 1, 1, 3);
  const std::string given = text(w, Prop::kLabel, p.row);
  const std::string label = given.empty() ? "确定" : given;
  const bool enabled = !amount.empty() && flag(w, Prop::kEnabled, p.row, true);
  painter_.rect(send, enabled ? accent_ : mix(accent_, theme.keyboard, 40), 8);
  int size = 18;
  while (size > 12 && painter_.text_width(label, size, true) > send.width - 8) --size;
  painter_.label(label, send,
                 {.size = size,
                  .color = enabled ? 0xFFFFFFFF : mix(0xFFFFFFFF, theme.keyboard, 70),
                  .bold = true,
                  .align = Align::kCenter});
  if (Node* node = touch(w, p.row, send, Role::kKey, label, part_index(w, "submit")))
    node->enabled = enabled;
  return top + 4 * key_height + 6 - p.y;
}

}  // namespace paperphone::layout
