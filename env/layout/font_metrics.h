// Advances of the bundled fonts, read straight from their tables (cmap, hmtx), so
// that layout needs no Qt and no rasteriser and is the same everywhere.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace paperphone {

class FontMetrics {
 public:
  // Throws DataError if the file is not a usable TrueType/OpenType font.
  explicit FontMetrics(const std::filesystem::path& font_file);

  bool has_glyph(char32_t c) const;
  // Advance in 1/1024 em; the fallback box's if there is no glyph.
  int advance(char32_t c) const;
  // Width of one line in dp, rounded up, at `size` dp per em.
  int width(std::string_view utf8, int size) const;

 private:
  struct Range {
    char32_t first = 0;
    std::vector<std::uint16_t> advances;  // 0: no glyph
  };
  std::vector<Range> ranges_;
};

struct Fonts {
  FontMetrics regular;
  FontMetrics bold;
  FontMetrics icons;
  std::vector<std::pair<std::string, char32_t>> icon_names;  // sorted by name
  char32_t icon(std::string_view name) const;                // 0: unknown
};
// Loads apps_dir/_common/fonts/{regular.otf,bold.otf,icons.ttf,icons.txt}.
Fonts load_fonts(const std::filesystem::path& apps_dir);

}  // namespace paperphone
