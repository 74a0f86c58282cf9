#include <gtest/gtest.h>

#include "env/app/calendar.h"
#include "env/app/expr/expr.h"
#include "env/app/loader.h"

namespace paperphone::app {
namespace {

TEST(Calendar, DaysAndDatesAreInverse) {
  EXPECT_EQ(days_from_civil({1970, 1, 1}), 0);
  EXPECT_EQ(days_from_civil({2000, 3, 1}), 11017);
  EXPECT_EQ(days_from_civil({2025, 11, 20}), 20412);
  for (std::int64_t day = -200'000; day < 200'000; day += 17)
    EXPECT_EQ(days_from_civil(civil_from_days(day)), day);
  EXPECT_EQ(weekday(days_from_civil({2025, 11, 20})), 4);  // a Thursday
}

TEST(Calendar, RefusesDaysThatDoNotExist) {
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_FALSE(parse_date("2025-02-29"));
  EXPECT_FALSE(parse_date("2025-13-01"));
  EXPECT_FALSE(parse_date("2025-1-01"));
  EXPECT_FALSE(parse_date("+025-01-01"));
  EXPECT_EQ(parse_time("08:30"), 510);
  EXPECT_FALSE(parse_time("24:00"));
  EXPECT_FALSE(parse_time("8:30"));
}

TEST(FormatValue, NoneIsWrittenAsNothing) {
  const AppSet apps;
  const World world;
  const EvalContext context{.world = world, .apps = apps};
  for (int kind = 0; kind <= int(Kind::kRef); ++kind)
    EXPECT_EQ(format_value(Value(), Type{.kind = Kind(kind)}, Format::kPlain, context), "");
}

TEST(FormatValue, TheExtremeNumbersAreWritten) {
  const AppSet apps;
  const World world;
  const EvalContext context{.world = world, .apps = apps};
  const Value least = Value::of_int(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(format_value(least, Type{.kind = Kind::kMoney}, Format::kPlain, context),
            "-¥92233720368547758.08");
  for (int format = 0; format <= int(Format::kPercent); ++format)
    format_value(least, Type{.kind = Kind::kInstant}, Format(format), context);
}

}  // namespace
}  // namespace paperphone::app
