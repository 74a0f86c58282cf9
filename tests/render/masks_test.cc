#include "env/render/masks.h"

#include <gtest/gtest.h>

#include <numbers>

namespace paperphone::render {
namespace {

double total(const Mask& mask) {
  double sum = 0;
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) sum += mask.at(x, y) / 255.0;
  }
  return sum;
}

TEST(Masks, ACornerHasTheAreaOfAQuarterDisc) {
  for (const int radius : {1, 2, 3, 8, 20, 61}) {
    const double area = std::numbers::pi / 4 * radius * radius;
    EXPECT_NEAR(total(corner_mask(radius)), area, 0.01 * area + 0.02) << radius;
  }
}

TEST(Masks, ACornerIsSymmetricAboutItsDiagonal) {
  const Mask mask = corner_mask(17);
  for (int y = 0; y < 17; ++y) {
    for (int x = 0; x < 17; ++x) EXPECT_EQ(mask.at(x, y), mask.at(y, x));
  }
  EXPECT_EQ(mask.at(0, 0), 0);
  EXPECT_EQ(mask.at(16, 16), 255);
}

TEST(Masks, ARingIsTheOuterDiscWithoutTheInner) {
  const Mask ring = ring_mask(12, 3);
  EXPECT_NEAR(total(ring), std::numbers::pi / 4 * (12 * 12 - 9 * 9), 0.6);
  const Mask square = ring_mask(0, 2);
  EXPECT_EQ(square.width, 2);
  EXPECT_EQ(total(square), 4);
}

TEST(Masks, ABorderThickerThanItsRadiusFillsTheCorner) {
  const Mask ring = ring_mask(3, 5);
  EXPECT_EQ(ring.width, 5);
  EXPECT_EQ(ring.at(4, 4), 255);
  EXPECT_EQ(ring.at(4, 0), 255);
  EXPECT_LT(ring.at(0, 0), 128);
}

TEST(Masks, AShadowFadesFromItsBoxToNothing) {
  const Mask shadow = shadow_mask(40, 30, 6, 12);
  EXPECT_EQ(shadow.left, -12);
  EXPECT_EQ(shadow.width, 64);
  EXPECT_EQ(shadow.height, 54);
  const int middle = shadow.height / 2;
  for (int x = 1; x <= shadow.width / 2; ++x) {
    EXPECT_GE(shadow.at(x, middle), shadow.at(x - 1, middle));
  }
  EXPECT_LT(shadow.at(0, middle), 8);
  EXPECT_EQ(shadow.at(shadow.width / 2, middle), 255);
  for (int y = 0; y < shadow.height; ++y) {
    EXPECT_EQ(shadow.at(3, y), shadow.at(shadow.width - 4, y));
  }
}

TEST(Masks, APolygonCoversWhatItEncloses) {
  // 2 x 1.5 pixels, its right half covered twice: the union, not the sum.
  const Mask box = polygon_mask(
      {{{0, 0}, {32, 0}, {32, 24}, {0, 24}}, {{16, 0}, {32, 0}, {32, 24}, {16, 24}}}, 3, 2);
  EXPECT_EQ(box.at(0, 0), 255);
  EXPECT_EQ(box.at(1, 0), 255);
  EXPECT_EQ(box.at(2, 0), 0);
  EXPECT_EQ(box.at(0, 1), 128);
  EXPECT_EQ(box.at(1, 1), 128);
}

TEST(Masks, APolygonIsCutAtItsMask) {
  const Mask triangle = polygon_mask({{{-64, -64}, {160, 16}, {-64, 160}}}, 4, 4);
  EXPECT_EQ(triangle.at(0, 0), 255);
  EXPECT_EQ(triangle.at(0, 3), 255);
  EXPECT_GT(triangle.at(3, 1), 200);
  EXPECT_EQ(polygon_mask({}, 2, 2).at(1, 1), 0);
}

}  // namespace
}  // namespace paperphone::render
