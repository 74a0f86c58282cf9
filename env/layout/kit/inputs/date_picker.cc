#include <fmt/format.h>

#include "env/app/calendar.h"
#include "env/layout/kit/inputs/wheel.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::CivilDate;
using app::Prop;
using app::Value;

int paint_date_picker(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = kEntries * kEntry;
  const Value value = w.bound(Prop::kBind);
  const std::int64_t shown =
      value.is_none() ? app::floor_div(w.state().world.now_ms,
                                       app::kMsPerMinute * app::kMinutesPerDay)
                      : value.as_int();
  const CivilDate day = app::civil_from_days(shown);
  w.strip(height + 16);
  const int x = w.x + kPad, width = w.width - 2 * kPad;
  painter.rect({x, w.y + 8 + 2 * kEntry, width, kEntry}, theme.fill, 10);
  const std::int64_t first = app::days_from_civil({day.year, day.month, 1});
  const std::int64_t next = day.month == 12
                                ? app::days_from_civil({day.year + 1, 1, 1})
                                : app::days_from_civil({day.year, day.month + 1, 1});
  std::string years[5], months[5], days[5];
  for (int i = 0; i < kEntries; ++i) {
    years[i] = fmt::format("{}年", day.year + i - 2);
    months[i] = fmt::format("{}月", app::floor_mod(day.month - 1 + i - 2, 12) + 1);
    days[i] =
        fmt::format("{}日", app::floor_mod(day.day - 1 + i - 2, next - first) + 1);
  }
  const int third = width / 3;
  paint_wheel(w, 0, {x, w.y + 8, third, height}, years);
  paint_wheel(w, 1, {x + third, w.y + 8, third, height}, months);
  paint_wheel(w, 2, {x + 2 * third, w.y + 8, width - 2 * third, height}, days);
  return height + 16;
}

}  // namespace paperphone::layout
