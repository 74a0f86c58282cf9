#include "env/layout/polygon.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paperphone::layout {
namespace {

TEST(Polygon, TextsAreReadAsTheyWereWritten) {
  const std::vector<Contour> contours = {{{0, 0}, {160, 0}, {160, -16}},
                                         {{5, 6}, {7, 8}, {1, 9}}};
  const std::string text = polygon_text(contours);
  const std::vector<Contour> read = polygon_from_text(text);
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(polygon_text(read), text);
  EXPECT_EQ(read[0].size(), 3u);
  EXPECT_EQ(polygon_text({}), "");
}

TEST(Polygon, ContoursRunTheSameWayRound) {
  const Contour square = {{0, 0}, {16, 0}, {16, 16}, {0, 16}};
  Contour reversed = square;
  std::reverse(reversed.begin(), reversed.end());
  const auto area = [](const Contour& c) {
    int sum = 0;
    for (std::size_t i = 0; i < c.size(); ++i) {
      const Point a = c[i], b = c[(i + 1) % c.size()];
      sum += a.x * b.y - b.x * a.y;
    }
    return sum;
  };
  for (const Contour& contour : {square, reversed})
    EXPECT_GT(area(polygon_from_text(polygon_text({contour}))[0]), 0);
}

TEST(Polygon, ASectorBeginsAtTheTopAndRunsClockwise) {
  const auto quarter = sector({.center = {0, 0}, .outer = 1000, .from = 0, .to = 250});
  ASSERT_EQ(quarter.size(), 1u);
  EXPECT_EQ(quarter[0].front(), (Point{0, -1000}));
  EXPECT_EQ(quarter[0][quarter[0].size() - 2], (Point{1000, 0}));
  EXPECT_EQ(quarter[0].back(), (Point{0, 0}));
  const auto disc = sector({.center = {0, 0}, .outer = 1000});
  for (const Point& p : disc[0]) {
    const int r2 = p.x * p.x + p.y * p.y;
    EXPECT_NEAR(r2, 1'000'000, 2000);
  }
  EXPECT_TRUE(sector({.center = {0, 0}, .outer = 9, .from = 5, .to = 5}).empty());
}

TEST(Polygon, AStrokeIsAsWideAsAsked) {
  const auto line = stroke({{0, 0}, {1600, 0}}, 32);
  int top = 0, bottom = 0, left = 0, right = 0;
  for (const Contour& contour : line) {
    for (const Point& p : contour) {
      top = std::min(top, p.y);
      bottom = std::max(bottom, p.y);
      left = std::min(left, p.x);
      right = std::max(right, p.x);
    }
  }
  EXPECT_EQ(top, -16);
  EXPECT_EQ(bottom, 16);
  EXPECT_EQ(left, -16);
  EXPECT_EQ(right, 1616);
}

}  // namespace
}  // namespace paperphone::layout
