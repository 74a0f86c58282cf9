#include "env/sim/fling.h"

#include <gtest/gtest.h>

#include <cmath>

namespace paperphone::sim {
namespace {

// AOSP's OverScroller.getSplineFlingDistance at 160 dpi.
double reference(int speed) {
  const double deceleration = std::log(0.78) / std::log(0.9);
  const double coefficient = 9.80665 * 39.37 * 160 * 0.84;
  const double l = std::log(0.35 * speed / (0.015 * coefficient));
  return 0.015 * coefficient * std::exp(deceleration / (deceleration - 1) * l);
}

TEST(Fling, IsAndroidsToTheNearestDp) {
  for (int speed = kLeastFlingSpeed; speed <= kMostFlingSpeed; ++speed) {
    ASSERT_NEAR(fling_distance(speed), reference(speed), 0.51) << speed;
  }
  EXPECT_EQ(fling_distance(1200), 267);
  EXPECT_EQ(fling_distance(8000), 7186);
  EXPECT_EQ(fling_distance(1 << 30), 7186);
}

TEST(Fling, ASlowFingerOnlyDrags) {
  EXPECT_EQ(fling_distance(kLeastFlingSpeed - 1), 0);
  EXPECT_EQ(swipe_travel(300, 10'000), 300 - kTouchSlop);
  EXPECT_EQ(swipe_travel(-300, 10'000), kTouchSlop - 300);
}

TEST(Fling, AShortTouchMovesNothing) {
  EXPECT_EQ(swipe_travel(0, 300), 0);
  EXPECT_EQ(swipe_travel(kTouchSlop, 300), 0);
  EXPECT_EQ(swipe_travel(-kTouchSlop, 1), 0);
  EXPECT_GT(swipe_travel(kTouchSlop + 1, 300), 0);
}

TEST(Fling, TravelGrowsWithTheFingerAndWithItsSpeed) {
  for (int way = 9; way < 700; ++way) {
    EXPECT_GT(swipe_travel(way + 1, 300), swipe_travel(way, 300)) << way;
    EXPECT_EQ(swipe_travel(-way, 300), -swipe_travel(way, 300));
  }
  EXPECT_EQ(swipe_travel(360, 300), 360 - kTouchSlop + 267);
  EXPECT_GT(swipe_travel(200, 100), swipe_travel(200, 300));
  EXPECT_GT(swipe_travel(200, 300), swipe_travel(200, 900));
}

TEST(Fling, AnyNumbersAreFine) {
  EXPECT_GT(swipe_travel(1 << 30, 0), 0);
  EXPECT_LT(swipe_travel(-(1 << 30), -5), 0);
}

}  // namespace
}  // namespace paperphone::sim
