#include "env/render/emoji.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "env/base/error.h"
#include "env/base/hash.h"
#include "env/base/utf8.h"
#include "env/layout/font_metrics.h"
#include "env/render/renderer.h"

namespace paperphone::render {

using layout::Draw;
using layout::FontMetrics;
using layout::Frame;
using layout::Shape;

namespace {

constexpr int kWidth = 360, kHeight = 60;

const layout::Fonts& fonts() {
  static const layout::Fonts fonts = layout::load_fonts("apps");
  return fonts;
}

std::vector<char32_t> shipped() {
  std::vector<char32_t> out;
  for (char32_t c = 0x80; c < 0x20000; ++c)
    if (fonts().emoji.has_glyph(c)) out.push_back(c);
  return out;
}

// A white screen with one line of text at (20, 10).
std::vector<std::uint8_t> drawn(const std::string& text, int size = 15) {
  static const std::shared_ptr<PieceStore> pieces = make_piece_store("apps");
  Frame frame;
  Draw ground;
  ground.rect = ground.clip = {0, 0, kWidth, kHeight};
  ground.color = 0xFFFFFFFF;
  Draw line = ground;
  line.shape = Shape::kText;
  line.rect = {20, 10, 320, size * 7 / 5};
  line.color = 0xFF000000;
  line.size = std::int16_t(size);
  line.text = text;
  frame.draws = {ground, line};
  std::vector<std::uint8_t> pixels(std::size_t(kWidth) * kHeight * 3);
  Renderer(pieces, kWidth, kHeight).draw(frame, pixels);
  return pixels;
}

Hash128 look_of(const std::vector<std::uint8_t>& pixels) {
  return hash_bytes(std::span<const std::uint8_t>(pixels));
}

// The columns that are not white.
std::pair<int, int> extent(const std::vector<std::uint8_t>& pixels) {
  int left = kWidth, right = -1;
  for (int i = 0; i < int(pixels.size()); ++i) {
    if (pixels[std::size_t(i)] == 0xFF) continue;
    left = std::min(left, i / 3 % kWidth);
    right = std::max(right, i / 3 % kWidth);
  }
  return {left, right};
}

TEST(Emoji, AreThoseThatPeopleUse) {
  EXPECT_GE(shipped().size(), 300u);
  for (const char32_t c : to_utf32("😀😂😭😡🥰😍👍👏🙏💪❤🌹🎂🎉🧧🔥☀🌧🐶🐱🍎🍜☕🚗🏠"
                                   "📱"
                                   "✅"
                                   "❌"))
    EXPECT_TRUE(fonts().emoji.has_glyph(c)) << std::uint32_t(c);
}

TEST(Emoji, EachLooksLikeNoOtherAtTheSizesOfTexts) {
  for (const int size : {12, 15}) {
    std::map<Hash128, char32_t> seen;
    for (const char32_t c : shipped()) {
      const auto [at, fresh] =
          seen.try_emplace(look_of(drawn(to_utf8({&c, 1}), size)), c);
      EXPECT_TRUE(fresh) << std::hex << std::uint32_t(c) << " looks like "
                         << std::uint32_t(at->second);
    }
  }
}

TEST(Emoji, AreInColourAndTextsThatDifferInOneDiffer) {
  const auto hearts = drawn("我爱你❤");
  EXPECT_NE(hearts, drawn("我爱你💔"));
  EXPECT_NE(hearts, drawn("我爱你"));
  const auto is_red = [](const std::uint8_t* pixel) {
    return pixel[0] > 180 && pixel[1] < 90 && pixel[2] < 90;
  };
  int red = 0;
  for (std::size_t i = 0; i < hearts.size(); i += 3) red += is_red(&hearts[i]);
  EXPECT_GT(red, 50);
}

TEST(Emoji, AreAsWideAsTheirAdvances) {
  for (const FontMetrics* font : {&fonts().regular, &fonts().bold}) {
    EXPECT_EQ(font->advance(U'🎉'), fonts().emoji.advance(U'🎉'));
    EXPECT_EQ(font->width("🎉🎉", 16), (2 * 1275 * 16 + 1023) / 1024);
    EXPECT_EQ(font->width("中🎉文", 16), (3323 * 16 + 1023) / 1024);
  }
  for (const int size : {12, 15, 22}) {
    for (const char32_t c : shipped()) {
      const auto [left, right] = extent(drawn(to_utf8({&c, 1}), size));
      EXPECT_GE(left, 20) << std::uint32_t(c);
      EXPECT_LE(right, 20 + fonts().regular.width(to_utf8({&c, 1}), size));
    }
    // What follows stands where the layout thinks.
    const auto [left, right] = extent(drawn("🎉🎉中", size));
    EXPECT_NEAR(right, 20 + fonts().regular.width("🎉🎉中", size), 3);
    EXPECT_LE(left, 23);
  }
}

TEST(Emoji, NoLetterOfTheTextFontsIsOne) {
  const FontMetrics letters("apps/_common/fonts/regular.otf");
  for (const char32_t c : shipped())
    EXPECT_FALSE(letters.has_glyph(c)) << std::uint32_t(c);
}

TEST(Emoji, ThoseThatAreNotShippedAreBoxes) {
  EXPECT_FALSE(fonts().regular.has_glyph(U'🦴'));
  EXPECT_EQ(fonts().regular.advance(U'🦴'), FontMetrics::kBoxAdvance);
  EXPECT_NE(drawn("🦴"), drawn("🦷"));
}

TEST(Emoji, AreTheSameInAnySizeOfScreenAndKeepTheirPlaceInTheLine) {
  EmojiSource source("apps/_common/fonts/emoji.ttf");
  for (const int size : {1, 8, 15, 48, 84, 200}) {
    const Sprite sprite = source.paint(U'😀', size * 64);
    EXPECT_NEAR(sprite.picture.width, 1.248 * size, 1);
    EXPECT_NEAR(sprite.picture.height, 1.174 * size, 1);
    EXPECT_NEAR(sprite.cover.top + sprite.picture.height / 2.0, size / 2.0, 1);
  }
}

TEST(Emoji, AFontWithoutBitmapsIsRefused) {
  EXPECT_THROW(EmojiSource("apps/_common/fonts/icons.ttf"), DataError);
}

TEST(Emoji, AMissingFontFileIsNamed) {
  try {
    EmojiSource source("/no/such/emoji.ttf");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(), "cannot read font /no/such/emoji.ttf");
  }
}

}  // namespace
}  // namespace paperphone::render
