#include "tools/watch/sparkline.h"

#include <gtest/gtest.h>

#include <vector>

namespace paperphone::tools {
namespace {

std::string drawn(const std::vector<double>& values, int width) {
  return sparkline(values, width);
}

TEST(Sparkline, GoesFromTheLowestToTheHighest) {
  EXPECT_EQ(drawn({0, 1, 2, 3, 4, 5, 6, 7}, 8), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(drawn({-1, 3}, 8), "▁█");
}

TEST(Sparkline, DrawsMeansWhereThereAreMoreValuesThanPlaces) {
  EXPECT_EQ(drawn({0, 2, 8, 8, 2, 0}, 3), "▁█▁");
  EXPECT_EQ(drawn({0, 1, 2, 3, 4}, 2), "▁█");
}

TEST(Sparkline, EqualValuesAreALine) {
  EXPECT_EQ(drawn({2, 2, 2}, 8), "▄▄▄");
  EXPECT_EQ(drawn({}, 8), "");
}

}  // namespace
}  // namespace paperphone::tools
