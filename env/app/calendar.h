// Days and dates of the Gregorian calendar, as plain arithmetic: no time zone, no
// wall clock. Days count from 1970-01-01. Source: Howard Hinnant, "chrono-compatible
// low-level date algorithms" (the formulas, not the code).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace paperphone::app {

inline constexpr std::int64_t kMinutesPerDay = 24 * 60;
inline constexpr std::int64_t kMsPerMinute = 60'000;

struct CivilDate {
  std::int64_t year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  auto operator<=>(const CivilDate&) const = default;
};

std::int64_t days_from_civil(const CivilDate& date);
CivilDate civil_from_days(std::int64_t days);
int weekday(std::int64_t days);  // 0 Sunday .. 6 Saturday

// Towards minus infinity, so that times before 1970 keep their day.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) {
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

std::optional<std::int64_t> parse_date(std::string_view text);  // "2025-11-20"
std::optional<std::int64_t> parse_time(std::string_view text);  // "08:30", in minutes

}  // namespace paperphone::app
