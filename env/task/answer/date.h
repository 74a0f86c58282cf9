// Days: 2025年11月20日, 11-20, 十一月二十号, 明天, 下周五, 3天后, Nov 20. What they
// mean depends on the phone's clock; by which rules, README.md says.
#pragma once

#include <cstdint>
#include <optional>

#include "env/app/calendar.h"
#include "env/task/answer/reader.h"

namespace paperphone::task {

struct DateReading {
  std::optional<std::int64_t> day;  // in days since 1970; none: the year is not said
  int month = 0, day_of_month = 0;  // then these are
  std::optional<int> weekday;       // said besides; 0 is Sunday
};

// Eats a date, as it is said on the day `today`.
std::optional<DateReading> read_date(Reader& reader, std::int64_t today);

// Which years a month and day may belong to.
enum class YearRule {
  kThisOrNearest,  // the year of `today`, as on screens, or the one that makes it
                   // nearest
  kAny,            // only month and day were asked for
};

bool is_day(const DateReading& reading, std::int64_t day, std::int64_t today,
            YearRule rule);

}  // namespace paperphone::task
