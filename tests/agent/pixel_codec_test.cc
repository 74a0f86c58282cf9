#include "agent/image/pixel_codec.h"

#include <gtest/gtest.h>

#include "env/base/rng.h"

namespace paperphone::agent {
namespace {

void expect_back(const std::vector<std::uint8_t>& pixels, int height, int width) {
  const auto packed = pack_pixels({pixels, height, width});
  std::vector<std::uint8_t> again(pixels.size());
  unpack_pixels(packed, height, width, again);
  EXPECT_EQ(again, pixels);
}

TEST(PixelCodec, GivesBackAnyPicture) {
  Rng rng(4);
  for (int i = 0; i < 200; ++i) {
    const int height = 1 + int(rng.below(20)), width = 1 + int(rng.below(20));
    // From noise to flat areas: few levels make long runs.
    const std::uint64_t levels = 1 + rng.below(i % 3 == 0 ? 256 : 3);
    const bool grey = rng.chance(0.5);
    std::vector<std::uint8_t> pixels;
    for (int n = 0; n < height * width; ++n) {
      const auto r = std::uint8_t(rng.below(levels));
      pixels.push_back(r);
      pixels.push_back(grey ? r : std::uint8_t(rng.below(levels)));
      pixels.push_back(grey ? r : std::uint8_t(rng.below(levels)));
    }
    expect_back(pixels, height, width);
  }
}

TEST(PixelCodec, MakesScreensSmall) {
  // Cards on a background, one of them with a vertical gradient.
  const int height = 800, width = 360;
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool card = x > 20 && x < 340 && y % 100 > 10;
      for (int c = 0; c < 3; ++c)
        pixels.push_back(card ? std::uint8_t(255 - (y > 400 ? y / 10 : 0)) : 240);
    }
  EXPECT_LT(pack_pixels({pixels, height, width}).size(), pixels.size() / 50);
  expect_back(pixels, height, width);
}

TEST(PixelCodec, AnEmptyPictureIsNothing) {
  EXPECT_TRUE(pack_pixels({}).empty());
  unpack_pixels({}, 0, 0, {});
}

}  // namespace
}  // namespace paperphone::agent
