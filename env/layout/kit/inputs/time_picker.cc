#include <fmt/format.h>

#include "env/app/calendar.h"
#include "env/layout/kit/inputs/wheel.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_time_picker(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = kEntries * kEntry;
  const std::int64_t time =
      app::floor_mod(w.bound(Prop::kBind).as_int(), app::kMinutesPerDay);
  w.strip(height + 16);
  const int x = w.x + kPad, width = w.width - 2 * kPad;
  painter.rect({x, w.y + 8 + 2 * kEntry, width, kEntry}, theme.fill, 10);
  std::string hours[5], minutes[5];
  for (int i = 0; i < kEntries; ++i) {
    hours[i] = fmt::format("{:02}", app::floor_mod(time / 60 + i - 2, 24));
    minutes[i] = fmt::format("{:02}", app::floor_mod(time % 60 + i - 2, 60));
  }
  const int half = width / 2;
  paint_wheel(w, 0, {x, w.y + 8, half, height}, hours);
  paint_wheel(w, 1, {x + half, w.y + 8, width - half, height}, minutes);
  for (const auto& [left, unit] :
       {std::pair{x + half / 2, "时"}, {x + half + half / 2, "分"}})
    painter.label(unit, {left + 26, w.y + 8 + 2 * kEntry, 30, kEntry},
                  {.size = 14, .color = theme.text2});
  return height + 16;
}

}  // namespace paperphone::layout
