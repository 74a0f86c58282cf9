#include "env/render/pictures/pictures.h"

#include <gtest/gtest.h>

#include <set>

#include "env/base/hash.h"
#include "env/render/packed_tile.h"
#include "env/render/renderer.h"

namespace paperphone::render {
namespace {

Hash128 hash_of(const Tile& tile) { return hash_bytes(std::span(tile.pixels_HWC)); }

TEST(Pictures, EveryKindIsFoundByItsName) {
  const std::vector<std::string_view> expected = {
      "goods", "landscape", "portrait", "food", "poster", "map", "pattern"};
  EXPECT_TRUE(std::ranges::equal(picture_kinds(), expected));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(picture_kind(expected[i]), PictureKind(i));
  }
}

TEST(Pictures, AVariantIsAlwaysPaintedAlike) {
  for (const std::string_view name : picture_kinds()) {
    const PictureKind kind = picture_kind(name);
    EXPECT_EQ(hash_of(paint_picture(kind, 3, 70, 50)),
              hash_of(paint_picture(kind, 3, 70, 50)))
        << name;
  }
}

TEST(Pictures, VariantsDiffer) {
  for (const std::string_view name : picture_kinds()) {
    std::set<Hash128> seen;
    for (std::uint64_t variant = 0; variant < 24; ++variant) {
      seen.insert(hash_of(paint_picture(picture_kind(name), variant, 64, 64)));
    }
    EXPECT_EQ(seen.size(), 24u) << name;
  }
}

TEST(Pictures, NoPictureIsFlatAtAnyShape) {
  for (const std::string_view name : picture_kinds()) {
    for (const auto& [w, h] : {std::pair{42, 42}, {360, 120}, {90, 320}, {3, 200}}) {
      const Tile tile = paint_picture(picture_kind(name), 11, w, h);
      ASSERT_EQ(tile.pixels_HWC.size(), std::size_t(w) * h * 3);
      const std::set<std::uint8_t> values(tile.pixels_HWC.begin(),
                                          tile.pixels_HWC.end());
      EXPECT_GT(values.size(), w > 3 ? 24u : 3u) << name << " " << w << "x" << h;
    }
  }
}

TEST(Pictures, TheSmallestPictureIsOnePixel) {
  for (const std::string_view name : picture_kinds()) {
    EXPECT_EQ(paint_picture(picture_kind(name), 0, 1, 1).pixels_HWC.size(), 3u);
  }
}

TEST(Pictures, PackingLosesNothingAndSavesMuch) {
  std::size_t packed_bytes = 0, bytes = 0;
  for (const std::string_view name : picture_kinds()) {
    for (const auto& [width, height] : {std::pair{1, 1}, {48, 48}, {164, 190}, {360, 120}}) {
      const Tile tile = paint_picture(picture_kind(name), 5, width, height);
      const PackedTile packed = pack(tile);
      const Tile back = unpack(packed);
      EXPECT_EQ(back.pixels_HWC, tile.pixels_HWC) << name;
      EXPECT_EQ(std::pair(back.width, back.height), std::pair(width, height));
      packed_bytes += packed.bytes.size();
      bytes += tile.pixels_HWC.size();
    }
  }
  EXPECT_LT(packed_bytes * 2, bytes);
}

}  // namespace
}  // namespace paperphone::render
