#include "env/app/calendar.h"

#include <fmt/format.h>

#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::CivilDate;
using app::Prop;

namespace {

constexpr std::string_view kWeekdays[] = {"日", "一", "二", "三", "四", "五", "六"};

}  // namespace

int paint_calendar(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const auto start = w.number(Prop::kStart, 0);
  const auto days = w.integer(Prop::kDays, 15);
  const auto chosen = w.bound(Prop::kBind).as_int();
  const int width = (w.width - 2 * 10) / 7, height = 46;
  int y = w.y + 6;
  const auto day_after_last = start + days;
  CivilDate month = app::civil_from_days(start);
  std::int64_t first = start - (month.day - 1);
  while (first < day_after_last) {
    month = app::civil_from_days(first);
    painter.text(fmt::format("{}年{}月", month.year, month.month),
                 {w.x + kPad, y + 4, w.width, 0},
                 {.size = 16, .color = theme.text, .bold = true});
    y += painter.line_height(16) + 10;
    for (int d = 0; d < 7; ++d) {
      painter.text(kWeekdays[d], {w.x + 10 + d * width, y, width, 0},
                   {.size = 12, .color = theme.text2, .align = Align::kCenter});
    }
    y += painter.line_height(12) + 4;
    std::int64_t date = first;
    int column = app::weekday(first);
    for (; app::civil_from_days(date).month == month.month; ++date) {
      const bool on_sale = date >= start && date < day_after_last;
      const bool on = date == chosen;
      const Rect box{w.x + 10 + column * width, y, width, height};
      if (on) painter.rect({box.x + width / 2 - 19, box.y + 4, 38, 38}, w.accent(), 19);
      const int number = int(date - first) + 1;
      painter.label(std::to_string(number), box,
                    {.size = 16,
                     .color = on        ? 0xFFFFFFFF
                              : on_sale ? theme.text
                                        : theme.text3,
                     .align = Align::kCenter});
      if (on_sale) {
        if (Node* node = w.touch(box, fmt::format("{}月{}日", month.month, number),
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
  return y - w.y;
}

}  // namespace paperphone::layout
