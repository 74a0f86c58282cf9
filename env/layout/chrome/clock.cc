#include "env/layout/chrome/clock.h"

#include <fmt/format.h>

#include "env/app/calendar.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using app::AppSet;
using app::civil_from_days;
using app::CivilDate;
using app::floor_div;
using app::floor_mod;
using app::kMinutesPerDay;
using app::kMsPerMinute;
using app::weekday;
using sim::PhoneState;

std::string clock_text(const PhoneState& state, const AppSet& apps) {
  const auto minute =
      floor_mod(floor_div(state.world.now_ms, kMsPerMinute), kMinutesPerDay);
  const auto hour = minute / 60;
  if (apps.phone.hour24 < 0 ||
      state.world.apps[0]->vars[std::size_t(apps.phone.hour24)].as_bool())
    return fmt::format("{:02}:{:02}", hour, minute % 60);
  return fmt::format("{}:{:02}", hour % 12 == 0 ? 12 : hour % 12, minute % 60);
}

std::string date_text(const PhoneState& state, const AppSet& apps) {
  const auto days = floor_div(state.world.now_ms, kMsPerMinute * kMinutesPerDay);
  const CivilDate date = civil_from_days(days);
  const auto day = std::size_t(weekday(days));
  if (sim::speaks_english(state, apps)) {
    constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed",
                                          "Thu", "Fri", "Sat"};
    constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {} {}", kDays[day], kMonths[std::size_t(date.month - 1)],
                       date.day);
  }
  constexpr std::string_view kDays[] = {"日", "一", "二", "三", "四", "五", "六"};
  return fmt::format("{}月{}日 星期{}", date.month, date.day, kDays[day]);
}

}  // namespace paperphone::layout
