// Advances of the bundled fonts, read straight from their tables (cmap, hmtx), so
// that layout needs no Qt and no rasteriser and is the same everywhere.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace paperphone::layout {

class FontMetrics {
 public:
  // Throws DataError if the file is not a usable TrueType/OpenType font.
  explicit FontMetrics(const std::filesystem::path& font_file);

  // Of what is drawn for a character without a glyph, a box with its code point.
  static constexpr int kBoxAdvance = 1024;
  // What is wider than this may be an emoji; of letters hardly any are.
  static constexpr int kWidestOfLetters = 1024;

  // Characters that another font has and this one lacks are set in that one.
  void borrow_from(const FontMetrics& other);

  bool has_glyph(char32_t c) const { return glyph_advance(c) != 0; }
  // In 1/1024 em; 0: no glyph.
  int glyph_advance(char32_t c) const {
    const std::size_t page = c >> kPageBits;
    if (page >= page_of_.size()) return 0;
    return pages_[page_of_[page]][c & ((1 << kPageBits) - 1)];
  }
  // The box's if there is no glyph.
  int advance(char32_t c) const {
    const int known = glyph_advance(c);
    return known != 0 ? known : kBoxAdvance;
  }
  // Width of one line in dp, rounded up, at `size` dp per em.
  int width(std::string_view utf8, int size) const {
    return to_dp(total_advance(utf8), size);
  }
  // The same before it is scaled to a size: the sum of the advances, 1/1024 em.
  int total_advance(std::string_view utf8) const;
  static int to_dp(int advances, int size) { return (advances * size + 1023) / 1024; }

 private:
  static constexpr int kPageBits = 8;
  using Page = std::array<std::uint16_t, 1 << kPageBits>;  // advances; 0: no glyph

  void set_advance(char32_t c, std::uint16_t advance);

  std::vector<std::uint16_t> page_of_;  // by the code point's upper bits
  std::vector<Page> pages_;             // the first is empty
};

struct Fonts {
  FontMetrics regular;  // the emoji are borrowed
  FontMetrics bold;     // likewise
  FontMetrics icons;
  FontMetrics emoji;
  std::vector<std::pair<std::string, char32_t>> icon_names;  // sorted by name
  char32_t icon(std::string_view name) const;                // 0: unknown
};
// Loads apps_dir/_common/fonts/{regular.otf,bold.otf,icons.ttf,icons.txt,emoji.ttf}.
Fonts load_fonts(const std::filesystem::path& apps_dir);

}  // namespace paperphone::layout
