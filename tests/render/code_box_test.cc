#include "env/render/code_box.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace paperphone::render {
namespace {

std::string drawn(char32_t c, int size) {
  std::vector<std::uint8_t> pixels(std::size_t(size) * size);
  for (const PlacedCodePiece& part : code_box(c, size)) {
    const Mask mask = code_piece_mask(part.piece, size);
    for (int y = 0; y < mask.height; ++y) {
      for (int x = 0; x < mask.width; ++x) {
        const int to_x = part.x + x, to_y = part.y + y;
        EXPECT_TRUE(to_x >= 0 && to_x < size && to_y >= 0 && to_y < size) << size;
        auto& pixel = pixels[std::size_t(to_y) * size + to_x];
        EXPECT_TRUE(pixel == 0 || mask.at(x, y) == 0) << size;  // parts do not overlap
        pixel = std::max(pixel, mask.at(x, y));
      }
    }
  }
  return {pixels.begin(), pixels.end()};
}

TEST(CodeBox, DigitsDifferAtEverySizeOfAField) {
  for (int size = 11; size <= 80; ++size) {
    std::set<std::string> seen;
    for (char32_t c = 0x1000; c <= 0xF000; c += 0x1000) seen.insert(drawn(c, size));
    for (char32_t c = 0x1FFFF; c <= 0x10FFFF; c += 0x10000) seen.insert(drawn(c, size));
    EXPECT_EQ(seen.size(), 15u + 16u) << size;
  }
}

TEST(CodeBox, IsAFrameWithTwoRowsOfDigits) {
  const auto parts = code_box(U'\u73FA', 15);
  ASSERT_EQ(parts.size(), 5u);
  EXPECT_EQ(parts[0].piece, kCodeFrame);
  EXPECT_EQ(parts[1].piece, 0x7);
  EXPECT_EQ(parts[2].piece, 0x3);
  EXPECT_EQ(parts[3].piece, 0xF);
  EXPECT_EQ(parts[4].piece, 0xA);
  EXPECT_EQ(parts[1].y, parts[2].y);
  EXPECT_EQ(parts[3].y - parts[1].y, 6);
  EXPECT_EQ(code_box(U'\U0001F600', 15).size(), 7u);
}

TEST(CodeBox, SmallOnesStayWithinTheirEm) {
  EXPECT_TRUE(code_box(U'x', 0).empty());
  for (int size = 3; size < 11; ++size) drawn(0x10FFFF, size);
}

}  // namespace
}  // namespace paperphone::render
