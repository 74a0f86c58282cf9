#include <gtest/gtest.h>

#include <thread>

#include "env/base/error.h"
#include "env/render/glyphs.h"
#include "env/render/piece_store.h"
#include "env/render/piece_table.h"

namespace paperphone::render {
namespace {

TEST(PieceTable, MakesEachPieceOnceAndKeepsItsAddress) {
  PieceTable<int> table;
  int made = 0;
  const auto get = [&](std::uint64_t key) -> const int& {
    return table.get(key, [&] {
      ++made;
      return int(key * 2);
    });
  };
  std::vector<const int*> addresses;
  for (std::uint64_t key = 0; key < 5000; ++key) addresses.push_back(&get(key));
  for (std::uint64_t key = 0; key < 5000; ++key) {
    EXPECT_EQ(&get(key), addresses[key]);
    EXPECT_EQ(*addresses[key], int(key * 2));
  }
  EXPECT_EQ(made, 5000);
}

TEST(PieceTable, ManyThreadsSeeTheSamePieces) {
  PieceTable<std::uint64_t> table;
  std::atomic<int> made = 0;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::uint64_t i = 0; i < 20000; ++i) {
        const std::uint64_t key = i * 7919 % 4000;
        const std::uint64_t piece = table.get(key, [&] {
          ++made;
          return key + 1;
        });
        if (piece != key + 1) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 4000);
  EXPECT_EQ(wrong, 0);
}

TEST(Glyphs, AMissingFontFileIsNamed) {
  try {
    GlyphSource source("/no/such/font.otf");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(),
                 "/no/such/font.otf: font file is missing; restore apps/_common/fonts");
  }
}

TEST(Glyphs, AFileThatIsNoFontIsNamed) {
  const auto pieces = make_piece_store("apps");  // Qt must be there
  try {
    GlyphSource source("apps/README.md");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(),
                 "apps/README.md: not a usable font; restore apps/_common/fonts");
  }
}

TEST(Glyphs, PhasesShiftAGlyphToTheRight) {
  const auto pieces = make_piece_store("apps");
  double last = -1;
  for (int phase = 0; phase < GlyphSource::kPhases; ++phase) {
    const Mask& mask = pieces->glyph(Face::kRegular, U'l', 16 * 64, phase);
    double moment = 0, sum = 0;
    for (int y = 0; y < mask.height; ++y) {
      for (int x = 0; x < mask.width; ++x) {
        moment += (mask.left + x + 0.5) * mask.at(x, y);
        sum += mask.at(x, y);
      }
    }
    EXPECT_GT(moment / sum, last);
    last = moment / sum;
  }
}

TEST(PieceStore, PicturesAreSharedBetweenCalls) {
  const auto pieces = make_piece_store("apps");
  const auto first = pieces->picture("food", 7, 60, 40);
  EXPECT_EQ(pieces->picture("food", 7, 60, 40), first);
  EXPECT_NE(pieces->picture("food", 8, 60, 40), first);
  EXPECT_NE(pieces->picture("food", 7, 61, 40), first);
}

TEST(PieceStore, FramesThatAreHandedOutAreKeptAtOnceAndOutliveTheirEviction) {
  const auto pieces = make_piece_store("apps", {.frame_bytes = 400});
  const auto first = pieces->keep_frame({1, 2}, std::vector<std::uint8_t>(300, 5), 10, 10);
  EXPECT_EQ(pieces->frame({1, 2}), first);
  pieces->keep_frame({1, 3}, std::vector<std::uint8_t>(300, 6), 10, 10);
  EXPECT_EQ(pieces->frame({1, 2}), nullptr);
  EXPECT_EQ(first->pixels_HWC[299], 5);
}

}  // namespace
}  // namespace paperphone::render
