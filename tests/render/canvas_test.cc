#include "env/render/canvas.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "env/base/rng.h"
#include "env/render/masks.h"

namespace paperphone::render {
namespace {

constexpr Color kRed{255, 0, 0, 255};
constexpr Color kBlue{0, 0, 255, 255};

// A white canvas with guard bytes on both sides.
class Page {
 public:
  Page(int width, int height)
      : width_(width),
        height_(height),
        bytes_(std::size_t(width) * height * 3 + 2 * kGuard, 255) {
    for (int i = 0; i < kGuard; ++i) {
      bytes_[std::size_t(i)] = 77;
      bytes_[bytes_.size() - 1 - std::size_t(i)] = 77;
    }
  }
  std::span<std::uint8_t> pixels() {
    return std::span(bytes_).subspan(kGuard, bytes_.size() - 2 * kGuard);
  }
  Canvas canvas() { return Canvas(pixels(), width_, height_); }
  Color at(int x, int y) {
    const std::uint8_t* p = pixels().data() + (std::size_t(y) * width_ + x) * 3;
    return {p[0], p[1], p[2]};
  }
  bool guards_are_whole() const {
    for (int i = 0; i < kGuard; ++i) {
      if (bytes_[std::size_t(i)] != 77) return false;
      if (bytes_[bytes_.size() - 1 - std::size_t(i)] != 77) return false;
    }
    return true;
  }

 private:
  static constexpr int kGuard = 64;
  int width_;
  int height_;
  std::vector<std::uint8_t> bytes_;
};

// round((color * a + below * (255 - a)) / 255), in a different way than the code.
int blended(int color, int below, int a) {
  return (2 * (color * a + below * (255 - a)) + 255) / 510;
}

TEST(Canvas, FillCoversExactlyItsRectangle) {
  Page page(40, 30);
  page.canvas().fill({5, 6, 20, 10}, nullptr, kRed, kRed);
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 40; ++x) {
      const bool inside = Rect{5, 6, 20, 10}.contains({x, y});
      EXPECT_EQ(page.at(x, y), inside ? kRed : (Color{255, 255, 255})) << x << "," << y;
    }
  }
}

TEST(Canvas, NothingIsDrawnOutsideTheClip) {
  Page page(64, 64);
  Canvas canvas = page.canvas();
  const Rect clip{10, 12, 21, 17};
  canvas.set_clip(clip);
  const Corners corner(corner_mask(9));
  const Corners ring(ring_mask(9, 2));
  const Mask shadow = shadow_mask(40, 40, 6, 8);
  const Mask glyph(0, 0, 33, 33, std::vector<std::uint8_t>(33 * 33, 200));
  Tile tile{50, 50, std::vector<std::uint8_t>(50 * 50 * 3, 9)};
  canvas.fill({0, 0, 60, 60}, &corner, {1, 2, 3, 100}, {3, 2, 1, 100});
  canvas.outline({8, 8, 30, 30}, ring, 2, kRed);
  canvas.shadow({0, 0, 56, 56}, shadow, {}, {0, 0, 0, 120});
  canvas.mask(glyph, 2, 3, Ink(kBlue));
  canvas.mask(glyph, 25, 20, Ink({0, 0, 255, 90}));
  canvas.tile(tile, 3, 3, &corner);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      if (!clip.contains({x, y})) {
        EXPECT_EQ(page.at(x, y), (Color{255, 255, 255})) << x << "," << y;
      }
    }
  }
  EXPECT_NE(page.at(20, 20), (Color{255, 255, 255}));
}

TEST(Canvas, NothingIsWrittenBeyondTheBuffer) {
  Rng rng(3);
  Page page(30, 20);
  Canvas canvas = page.canvas();
  const Corners corner(corner_mask(4));
  const Corners ring(ring_mask(5, 1));
  const Mask shadow = shadow_mask(9, 9, 2, 4);
  const Tile tile{11, 9, std::vector<std::uint8_t>(11 * 9 * 3, 50)};
  for (int i = 0; i < 3000; ++i) {
    const int x = int(rng.between(-40, 40)), y = int(rng.between(-30, 30));
    const int w = int(rng.between(11, 50)), h = int(rng.between(11, 50));
    const auto alpha = std::uint8_t(rng.between(0, 255));
    const Color color{10, 20, 30, alpha};
    const Mask glyph(0, 0, w, 3, std::vector<std::uint8_t>(std::size_t(w) * 3, 255));
    canvas.mask(glyph, x, y, Ink(color));
    canvas.fill({x, y, w, h}, &corner, color, kRed);
    canvas.outline({x, y, w, h}, ring, 1, color);
    canvas.shadow({x, y, w + 20, h + 20}, shadow, {x + 3, y + 3, 9, 9}, color);
    canvas.tile(tile, x, y, &corner);
  }
  EXPECT_TRUE(page.guards_are_whole());
}

TEST(Canvas, BlendingIsExactlyRounded) {
  Rng rng(5);
  const int width = 37;
  for (int round = 0; round < 40; ++round) {
    Page page(width, 2);
    for (std::uint8_t& byte : page.pixels()) byte = std::uint8_t(rng.below(256));
    std::vector<std::uint8_t> coverage(width);
    for (auto& c : coverage) c = std::uint8_t(rng.below(256));
    Page before = page;
    const Color color{std::uint8_t(rng.below(256)), std::uint8_t(rng.below(256)),
                      std::uint8_t(rng.below(256)),
                      round % 2 ? std::uint8_t(rng.below(256)) : std::uint8_t(255)};
    page.canvas().mask(Mask(0, 0, width, 1, coverage), 0, 0, Ink(color));
    page.canvas().fill({0, 1, width, 1}, nullptr, color, color);
    for (int x = 0; x < width; ++x) {
      const int a = blended(coverage[std::size_t(x)], 0, color.alpha);
      EXPECT_EQ(page.at(x, 0).red, blended(color.red, before.at(x, 0).red, a));
      EXPECT_EQ(page.at(x, 0).green, blended(color.green, before.at(x, 0).green, a));
      EXPECT_EQ(page.at(x, 1).blue,
                blended(color.blue, before.at(x, 1).blue, color.alpha));
    }
  }
}

TEST(Canvas, AMaskIsTheSameHoweverItIsCut) {
  std::vector<std::uint8_t> coverage(29 * 5);
  for (std::size_t i = 0; i < coverage.size(); ++i) coverage[i] = std::uint8_t(i * 37);
  const Mask mask(0, 0, 29, 5, coverage);
  Page whole(60, 10);
  whole.canvas().mask(mask, 3, 2, Ink(kBlue));
  for (int first = 0; first < 40; ++first) {
    for (int width = 1; width < 20; ++width) {
      Page cut(60, 10);
      Canvas canvas = cut.canvas();
      canvas.set_clip({first, 0, width, 10});
      canvas.mask(mask, 3, 2, Ink(kBlue));
      for (int x = 0; x < 60; ++x) {
        const bool inside = x >= first && x < first + width;
        for (int y = 0; y < 10; ++y) {
          ASSERT_EQ(cut.at(x, y), inside ? whole.at(x, y) : (Color{255, 255, 255}));
        }
      }
    }
  }
}

TEST(Canvas, BlocksAndSinglePixelsBlendAlike) {
  std::vector<std::uint8_t> coverage(21 * 6);
  for (std::size_t i = 0; i < coverage.size(); ++i) coverage[i] = std::uint8_t(i * 53);
  const Mask mask(0, 0, 21, 6, coverage);
  const Ink ink({200, 90, 30, 140});
  Page roomy(60, 30), tight(21, 6);  // here no block fits behind the last row
  roomy.canvas().mask(mask, 4, 5, ink);
  tight.canvas().mask(mask, 0, 0, ink);
  for (int y = 0; y < 6; ++y)
    for (int x = 0; x < 21; ++x) {
      std::uint8_t wanted[3] = {255, 255, 255};
      blend_pixel(wanted, ink.color, div255(unsigned(mask.at(x, y)) * 140));
      ASSERT_EQ(tight.at(x, y), (Color{wanted[0], wanted[1], wanted[2]}))
          << x << " " << y;
      ASSERT_EQ(roomy.at(x + 4, y + 5), tight.at(x, y)) << x << " " << y;
    }
  EXPECT_TRUE(tight.guards_are_whole());
}

TEST(Canvas, ARoundBoxIsTheSameHoweverItIsCut) {
  const Corners corner(corner_mask(8));
  const Color color{10, 120, 60, 170};
  const Rect box{2, 1, 27, 22};
  Page whole(31, 25);
  whole.canvas().fill(box, &corner, color, color);
  for (int x = 0; x < 31; x += 3)
    for (int y = 0; y < 25; y += 2)
      for (int side = 1; side < 25; side += 3) {
        const Rect clip{x, y, side, side};
        Page cut(31, 25);
        Canvas canvas = cut.canvas();
        canvas.set_clip(clip);
        canvas.fill(box, &corner, color, color);
        for (int b = 0; b < 25; ++b)
          for (int a = 0; a < 31; ++a)
            ASSERT_EQ(cut.at(a, b),
                      clip.contains({a, b}) ? whole.at(a, b) : (Color{255, 255, 255}));
      }
}

// However it is cut, and where no block fits behind its last pixel.
TEST(Canvas, ATilesCornersAreBlendedPixelByPixel) {
  Rng rng(6);
  Tile tile{27, 22, std::vector<std::uint8_t>(27 * 22 * 3)};
  for (std::uint8_t& byte : tile.pixels_HWC) byte = std::uint8_t(rng.below(256));
  for (const int radius : {3, 8, 11}) {
    const Corners corner(corner_mask(radius));
    const auto cover = [&](int x, int y) {
      const int row = std::min(y, 21 - y), column = std::min(x, 26 - x);
      return row < radius && column < radius ? corner.left.at(column, row) : 255;
    };
    for (const Rect clip :
         {Rect{0, 0, 60, 40}, Rect{9, 6, 14, 17}, Rect{25, 0, 3, 40}}) {
      Page page(60, 40);
      Canvas canvas = page.canvas();
      canvas.set_clip(clip);
      canvas.tile(tile, 5, 4, &corner);
      for (int y = 0; y < 22; ++y)
        for (int x = 0; x < 27; ++x) {
          std::uint8_t wanted[3] = {255, 255, 255};
          const std::uint8_t* p = tile.pixels_HWC.data() + (y * 27 + x) * 3;
          if (clip.contains({x + 5, y + 4}))
            blend_pixel(wanted, {p[0], p[1], p[2]}, unsigned(cover(x, y)));
          ASSERT_EQ(page.at(x + 5, y + 4), (Color{wanted[0], wanted[1], wanted[2]}))
              << radius << ": " << x << " " << y;
        }
    }
    Page tight(27, 22), roomy(60, 40);
    tight.canvas().tile(tile, 0, 0, &corner);
    roomy.canvas().tile(tile, 5, 4, &corner);
    for (int y = 0; y < 22; ++y)
      for (int x = 0; x < 27; ++x) ASSERT_EQ(tight.at(x, y), roomy.at(x + 5, y + 4));
    EXPECT_TRUE(tight.guards_are_whole());
  }
}

TEST(Canvas, RoundCornersAreMirrorImages) {
  Page page(31, 25);
  const Corners corner(corner_mask(8));
  page.canvas().fill({0, 0, 31, 25}, &corner, kRed, kRed);
  for (int y = 0; y < 25; ++y) {
    for (int x = 0; x < 31; ++x) {
      EXPECT_EQ(page.at(x, y), page.at(30 - x, y));
      EXPECT_EQ(page.at(x, y), page.at(x, 24 - y));
    }
  }
  EXPECT_EQ(page.at(0, 0), (Color{255, 255, 255}));
  EXPECT_EQ(page.at(15, 0), kRed);
}

TEST(Canvas, GradientsRunFromTopToBottom) {
  Page page(4, 100);
  page.canvas().fill({0, 0, 4, 100}, nullptr, {0, 0, 0}, {200, 100, 0});
  EXPECT_EQ(page.at(0, 0), (Color{1, 0, 0}));
  EXPECT_EQ(page.at(0, 99), (Color{199, 99, 0}));
  for (int y = 1; y < 100; ++y) EXPECT_GE(page.at(2, y).red, page.at(2, y - 1).red);
}

TEST(Canvas, AnOutlineLeavesItsMiddleAlone) {
  Page page(30, 30);
  page.canvas().outline({0, 0, 30, 30}, Corners(ring_mask(6, 2)), 2, kRed);
  EXPECT_EQ(page.at(15, 1), kRed);
  EXPECT_EQ(page.at(1, 15), kRed);
  EXPECT_EQ(page.at(28, 15), kRed);
  EXPECT_EQ(page.at(15, 28), kRed);
  EXPECT_EQ(page.at(15, 2), (Color{255, 255, 255}));
  EXPECT_EQ(page.at(15, 15), (Color{255, 255, 255}));
  EXPECT_EQ(page.at(0, 0), (Color{255, 255, 255}));
}

TEST(Canvas, AStretchedShadowIsThatOfTheLargeBox) {
  const int radius = 5, blur = 9;
  for (const auto& [w, h] : {std::pair{80, 70}, std::pair{12, 90}, std::pair{95, 11}}) {
    const Rect area{10, 10, w + 2 * blur, h + 2 * blur};
    Page stretched(140, 130), whole(140, 130);
    stretched.canvas().shadow(area,
                              shadow_mask(shadow_core(w, radius, blur),
                                          shadow_core(h, radius, blur), radius, blur),
                              {}, {0, 0, 0, 200});
    whole.canvas().shadow(area, shadow_mask(w, h, radius, blur), {}, {0, 0, 0, 200});
    EXPECT_TRUE(std::ranges::equal(stretched.pixels(), whole.pixels()));
  }
}

TEST(Canvas, AHoleBesideTheShadowChangesNothing) {
  const Mask shadow = shadow_mask(9, 9, 2, 4);
  const Rect area{40, 30, 30, 30};
  const Color color{0, 0, 0, 200};
  Page plain(120, 100);
  plain.canvas().shadow(area, shadow, {}, color);
  for (const Rect hole : {Rect{80, 35, 20, 10}, Rect{5, 35, 20, 10},
                          Rect{45, 5, 10, 10}, Rect{45, 70, 10, 10}}) {
    Page page(120, 100);
    page.canvas().shadow(area, shadow, hole, color);
    EXPECT_TRUE(std::ranges::equal(page.pixels(), plain.pixels())) << hole.x;
  }
  // One that reaches out of the shadow ends at its edge.
  Page inner(120, 100), outer(120, 100);
  inner.canvas().shadow(area, shadow, {50, 40, 20, 10}, color);
  outer.canvas().shadow(area, shadow, {50, 40, 70, 10}, color);
  EXPECT_TRUE(std::ranges::equal(inner.pixels(), outer.pixels()));
}

TEST(Canvas, AShadowsHoleIsLeftOut) {
  Page page(80, 80);
  const Rect hole{30, 30, 20, 20};
  page.canvas().shadow({10, 10, 60, 60}, shadow_mask(40, 40, 4, 10), hole,
                       {0, 0, 0, 200});
  EXPECT_EQ(page.at(40, 40), (Color{255, 255, 255}));
  EXPECT_NE(page.at(29, 40), (Color{255, 255, 255}));
  EXPECT_NE(page.at(50, 40), (Color{255, 255, 255}));
}

}  // namespace
}  // namespace paperphone::render
