#include "env/app/calendar.h"

#include <fmt/format.h>

#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::CivilDate;
using app::Prop;
using app::Value;

namespace {

constexpr std::string_view kWeekdays[] = {"日", "一", "二", "三", "四", "五", "六"};
constexpr std::uint32_t kWhite = 0xFFFFFFFF;

struct Day {
  std::int64_t date = 0;
  int number = 0;  // of the month
  bool offered = false;
  bool chosen = false;
  bool is_today = false;
};

bool says_more(const Paint& w) {
  return w.has(Prop::kCaption) || w.has(Prop::kMark) || w.has(Prop::kDot);
}

void paint_plain(const Paint& w, const Day& day, Rect box) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  if (day.chosen)
    painter.rect({box.x + box.width / 2 - 19, box.y + 4, 38, 38}, w.accent(), 19);
  painter.label(std::to_string(day.number), box,
                {.size = 16,
                 .color = day.chosen    ? kWhite
                          : day.offered ? theme.text
                                        : theme.text3,
                 .align = Align::kCenter});
}

// The number, below it a few words and a dot, in its corner a mark.
void paint_rich(const Paint& w, const Day& day, Rect box) {
  Painter& painter = w.painter();
  if (painter.hidden(box)) return;
  const Theme& theme = painter.theme();
  const Value date = Value::of_int(day.date);
  Paint of_day = w;
  of_day.day = {&date, 1};
  const std::string caption = of_day.text(Prop::kCaption);
  const std::string mark = of_day.text(Prop::kMark);
  if (day.chosen) {
    const int wide = std::min(box.width, box.height - 8);
    painter.rect({box.x + (box.width - wide) / 2, box.y + 1, wide, box.height - 9},
                 w.accent(), wide / 2);
  }
  const int number_y = box.y + 3;
  const std::string number = std::to_string(day.number);
  painter.text(number, {box.x, number_y, box.width, 0},
               {.size = 17,
                .color = day.chosen     ? kWhite
                         : !day.offered ? theme.text3
                         : day.is_today ? w.accent()
                                        : theme.text,
                .bold = day.is_today,
                .align = Align::kCenter});
  int size = 10;  // four characters rather small than cut
  while (size > 7 && painter.text_width(caption, size) > box.width) --size;
  painter.text(caption, {box.x, number_y + painter.line_height(17) - 3, box.width, 0},
               {.size = size,
                .color = day.chosen ? kWhite : of_day.color(Prop::kColor, theme.text2),
                .align = Align::kCenter});
  const bool is_work = mark == "班";
  // Beside the number, whatever the font.
  const int beside = (box.width + painter.text_width(number, 17, day.is_today)) / 2 + 1;
  painter.text(mark, {box.x + beside, box.y, box.width - beside, 0},
               {.size = painter.fitting_size(mark, 9, box.width - beside, 7),
                .color = day.chosen ? kWhite
                         : is_work  ? theme.text2
                                    : theme.danger,
                .bold = true});
  if (of_day.flag(Prop::kDot, false))
    painter.rect({box.x + box.width / 2 - 2, box.y + box.height - 6, 4, 4},
                 day.chosen ? w.accent() : theme.text3, 2);
}

}  // namespace

int paint_calendar(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const auto start = w.number(Prop::kStart, 0);
  const auto days = w.number(Prop::kDays, 0);
  const auto chosen = w.bound(Prop::kBind).as_int();
  const auto today =
      app::floor_div(w.state().world.now_ms, app::kMsPerMinute * app::kMinutesPerDay);
  const bool rich = says_more(w);
  const int width = (w.width - 2 * 10) / 7;
  const int height = rich ? painter.line_height(17) + painter.line_height(10) + 10 : 46;
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
    int column = app::weekday(first);
    Day day{.date = first, .number = 1};
    for (; app::civil_from_days(day.date).month == month.month;
         ++day.date, ++day.number) {
      day.offered = day.date >= start && day.date < day_after_last;
      day.chosen = day.date == chosen;
      day.is_today = day.date == today;
      const Rect box{w.x + 10 + column * width, y, width, height};
      if (rich) {
        paint_rich(w, day, box);
      } else {
        paint_plain(w, day, box);
      }
      if (day.offered) {
        if (Node* node = w.touch(box, fmt::format("{}月{}日", month.month, day.number),
                                 int(day.date - start))) {
          node->checked = day.chosen;
        }
      }
      if (++column == 7) column = 0, y += height;
    }
    if (column != 0) y += height;
    y += 8;
    first = day.date;
  }
  return y - w.y;
}

}  // namespace paperphone::layout
