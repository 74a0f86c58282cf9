#include "env/layout/font_metrics.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "env/base/error.h"
#include "env/base/rng.h"

namespace paperphone::layout {
namespace {

const char* const kFont = "apps/_common/fonts/regular.otf";

TEST(FontMetrics, ChineseIsOneEmAndLatinIsNarrower) {
  const FontMetrics font(kFont);
  EXPECT_EQ(font.advance(U'中'), 1024);
  EXPECT_LT(font.advance(U'i'), font.advance(U'm'));
  EXPECT_EQ(font.width("中文", 16), 32);
  EXPECT_TRUE(font.has_glyph(U'¥'));
  EXPECT_FALSE(font.has_glyph(U'😀'));
  EXPECT_EQ(font.advance(U'😀'), 1024);
}

TEST(FontMetrics, EveryIconNameHasItsGlyph) {
  const Fonts fonts = load_fonts("apps");
  ASSERT_GT(fonts.icon_names.size(), 200u);
  for (const auto& [name, code] : fonts.icon_names) {
    EXPECT_TRUE(fonts.icons.has_glyph(code)) << name;
  }
  EXPECT_NE(fonts.icon("cart"), 0u);
  EXPECT_EQ(fonts.icon("no-such-icon"), 0u);
}

TEST(FontMetrics, DamagedFilesAreRefusedByName) {
  const auto path = std::filesystem::temp_directory_path() / "paperphone_broken.otf";
  try {
    FontMetrics font(path / "missing");
    FAIL();
  } catch (const DataError& e) {
    EXPECT_NE(std::string(e.what()).find("cannot read font"), std::string::npos);
  }
  std::ifstream in(kFont, std::ios::binary);
  const std::string good((std::istreambuf_iterator<char>(in)), {});
  Rng rng(4);
  for (int i = 0; i < 60; ++i) {
    std::string bad = good.substr(0, i % 2 ? rng.below(2000) : good.size());
    for (int n = 0; n < 20 && !bad.empty(); ++n) {
      bad[rng.below(std::min<std::size_t>(bad.size(), 600))] = char(rng.below(256));
    }
    std::ofstream(path, std::ios::binary) << bad;
    try {
      FontMetrics font(path);  // a lucky one may still load; none may crash
    } catch (const DataError& e) {
      EXPECT_NE(std::string(e.what()).find("make_fonts.sh"), std::string::npos)
          << e.what();
    }
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace paperphone::layout
