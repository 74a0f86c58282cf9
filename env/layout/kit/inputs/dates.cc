#include <fmt/format.h>

#include "env/app/calendar.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::CivilDate;
using app::Prop;

namespace {

constexpr std::string_view kWeekdays[] = {"日", "一", "二", "三", "四", "五", "六"};

}  // namespace

int paint_dates(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const auto start = w.number(Prop::kStart, 0);
  const int days = int(w.integer(Prop::kDays, sim::kDefaultDates));
  const auto chosen = w.bound(Prop::kBind).as_int();
  const std::int64_t today = w.context().world.now_ms / 86'400'000;
  // As few rows as fit, all but equally long.
  const int lines = std::max(1, (days + 7) / 8);
  const int columns = std::max(1, (days + lines - 1) / lines);
  const int width = (w.width - 16) / columns;
  const int name_height = painter.line_height(11);
  const int height = name_height + painter.line_height(14) + 19;
  painter.rect({w.x, w.y, w.width, lines * height + 8},
               w.surface == Surface::kPage ? theme.bar : theme.card);
  for (int i = 0; i < days; ++i) {
    const std::int64_t date = start + i;
    const CivilDate day = app::civil_from_days(date);
    const bool on = date == chosen;
    const Rect box{w.x + 8 + i % columns * width, w.y + 4 + i / columns * height, width,
                   height};
    if (on) painter.rect(inset(box, 3, 2), w.accent(), 10);
    const std::uint32_t ink = on ? 0xFFFFFFFF : theme.text;
    const std::string day_name =
        date == today ? "今天"
                      : "周" + std::string(kWeekdays[std::size_t(app::weekday(date))]);
    painter.text(
        day_name, {box.x, box.y + 7, width, 0},
        {.size = 11, .color = on ? ink : theme.text2, .align = Align::kCenter});
    painter.text(fmt::format("{}-{}", day.month, day.day),
                 {box.x, box.y + 9 + name_height, width, 0},
                 {.size = 14, .color = ink, .bold = on, .align = Align::kCenter});
    if (Node* node = w.touch(box, fmt::format("{}月{}日", day.month, day.day), i)) {
      node->checked = on;
    }
  }
  return lines * height + 8;
}

}  // namespace paperphone::layout
