#include "env/layout/font_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "env/base/error.h"
#include "env/base/utf8.h"
#include "env/layout/font_file.h"

namespace paperphone::layout {
FontMetrics::FontMetrics(const std::filesystem::path& font_file) {
  const FontFile file(font_file);
  const std::uint32_t units = file.u16(file.table("head") + 18);
  if (units < 16 || units > 16384) file.fail("has an impossible em size");
  const std::uint32_t long_metrics = file.u16(file.table("hhea") + 34);
  if (long_metrics == 0) file.fail("has no horizontal metrics");
  const std::size_t hmtx = file.table("hmtx");
  const auto advance_of = [&](std::uint32_t glyph) {
    const std::uint32_t raw = file.u16(hmtx + 4 * std::min(glyph, long_metrics - 1));
    return std::uint16_t(
        std::min<std::uint32_t>((raw * 1024 + units / 2) / units, 65535));
  };

  pages_.emplace_back();
  for (const auto& [c, glyph] : file.glyphs())
    set_advance(c, std::max<std::uint16_t>(advance_of(glyph), 1));
}

void FontMetrics::set_advance(char32_t c, std::uint16_t advance) {
  const std::size_t page = c >> kPageBits;
  if (page >= page_of_.size()) page_of_.resize(page + 1, 0);
  if (page_of_[page] == 0) {
    page_of_[page] = std::uint16_t(pages_.size());
    pages_.emplace_back();
  }
  pages_[page_of_[page]][c & ((1 << kPageBits) - 1)] = advance;
}

void FontMetrics::borrow_from(const FontMetrics& other) {
  for (std::size_t page = 0; page < other.page_of_.size(); ++page) {
    for (int i = 0; i < 1 << kPageBits; ++i) {
      const auto c = char32_t(page << kPageBits | std::size_t(i));
      if (other.has_glyph(c) && !has_glyph(c))
        set_advance(c, std::uint16_t(other.glyph_advance(c)));
    }
  }
}

int FontMetrics::total_advance(std::string_view utf8) const {
  int total = 0;
  for (std::size_t i = 0; i < utf8.size();) total += advance(next_code_point(utf8, i));
  return total;
}

char32_t Fonts::icon(std::string_view name) const {
  const auto it = std::lower_bound(
      icon_names.begin(), icon_names.end(), name,
      [](const auto& entry, std::string_view key) { return entry.first < key; });
  return it != icon_names.end() && it->first == name ? it->second : 0;
}

Fonts load_fonts(const std::filesystem::path& apps_dir) {
  const auto folder = apps_dir / "_common" / "fonts";
  Fonts fonts{FontMetrics(folder / "regular.otf"),
              FontMetrics(folder / "bold.otf"),
              FontMetrics(folder / "icons.ttf"),
              FontMetrics(folder / "emoji.ttf"),
              {}};
  fonts.regular.borrow_from(fonts.emoji);
  fonts.bold.borrow_from(fonts.emoji);
  std::ifstream in(folder / "icons.txt");
  std::string name, code;
  while (in >> name >> code) {
    fonts.icon_names.emplace_back(name, std::strtoul(code.c_str(), nullptr, 16));
  }
  if (fonts.icon_names.empty()) {
    throw DataError(fmt::format("no icon names in {}; run tools/make_fonts.sh",
                                (folder / "icons.txt").string()));
  }
  std::sort(fonts.icon_names.begin(), fonts.icon_names.end());
  return fonts;
}

}  // namespace paperphone::layout
