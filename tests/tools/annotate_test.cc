#include "tools/screens/annotate.h"

#include <gtest/gtest.h>

namespace paperphone::tools {
namespace {

constexpr int kWidth = 360;
constexpr int kHeight = 200;

bool changed(const std::vector<std::uint8_t>& pixels, int x, int y) {
  return pixels[(std::size_t(y) * kWidth + x) * 3] != 0;
}

std::vector<std::uint8_t> draw(const Action& action) {
  const std::vector<std::uint8_t> black(std::size_t(kWidth) * kHeight * 3, 0);
  return with_action({black, kHeight, kWidth}, action);
}

TEST(Annotate, ARingAroundTheTap) {
  const auto pixels = draw(Click{{100, 100}});
  EXPECT_TRUE(changed(pixels, 100, 100));
  EXPECT_TRUE(changed(pixels, 119, 100));
  EXPECT_FALSE(changed(pixels, 110, 100));
  EXPECT_FALSE(changed(pixels, 200, 100));
}

TEST(Annotate, ALineAlongTheSwipe) {
  const auto pixels = draw(Swipe{{50, 150}, {250, 50}});
  EXPECT_TRUE(changed(pixels, 150, 100));
  EXPECT_FALSE(changed(pixels, 150, 150));
}

TEST(Annotate, ABarAtTheTopForTheRest) {
  EXPECT_TRUE(changed(draw(TypeText{"x"}), 10, 1));
  EXPECT_FALSE(changed(draw(TypeText{"x"}), 10, 100));
}

TEST(Annotate, PointsAtTheEdgeStayInThePicture) {
  for (const Point point : {Point{0, 0}, Point{kWidth - 1, kHeight - 1}})
    EXPECT_EQ(draw(LongPress{point}).size(), std::size_t(kWidth) * kHeight * 3);
}

}  // namespace
}  // namespace paperphone::tools
