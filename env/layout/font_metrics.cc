#include "env/layout/font_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "env/base/error.h"
#include "env/base/utf8.h"

namespace paperphone::layout {
namespace {

// Bounds-checked big-endian reading of an OpenType file.
class FontFile {
 public:
  explicit FontFile(const std::filesystem::path& path) : path_(path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw DataError(fmt::format("cannot read font {}", path.string()));
    std::ostringstream bytes;
    bytes << in.rdbuf();
    bytes_ = std::move(bytes).str();
  }

  std::uint32_t u8(std::size_t at) const {
    if (at >= bytes_.size()) fail("ends too early");
    return std::uint8_t(bytes_[at]);
  }
  std::uint32_t u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
  std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }

  std::size_t table(std::string_view tag) const {
    const std::uint32_t count = u16(4);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::size_t entry = 12 + 16 * i;
      u32(entry + 12);  // checks the bounds
      if (std::string_view(bytes_).substr(entry, 4) == tag) return u32(entry + 8);
    }
    fail(fmt::format("has no '{}' table", tag));
  }

  [[noreturn]] void fail(std::string_view why) const {
    throw DataError(fmt::format("font {} {}; run tools/make_fonts.sh to make it anew",
                                path_.string(), why));
  }

 private:
  std::filesystem::path path_;
  std::string bytes_;
};

}  // namespace

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

  std::vector<std::pair<char32_t, std::uint16_t>> found;
  const std::size_t cmap = file.table("cmap");
  std::size_t subtable = 0;
  std::uint32_t format = 0;
  for (std::uint32_t i = 0; i < file.u16(cmap + 2); ++i) {
    const std::size_t at = cmap + file.u32(cmap + 4 + 8 * i + 4);
    const std::uint32_t f = file.u16(at);
    if ((f == 12 || (f == 4 && format != 12))) subtable = at, format = f;
  }
  const auto add = [&](std::uint32_t c, std::uint32_t glyph) {
    if (glyph != 0 && c <= 0x10FFFF) {
      found.emplace_back(c, std::max<std::uint16_t>(advance_of(glyph), 1));
    }
  };
  if (format == 12) {
    const std::uint32_t groups = file.u32(subtable + 12);
    for (std::uint32_t g = 0; g < groups; ++g) {
      const std::size_t at = subtable + 16 + 12 * std::size_t(g);
      const std::uint32_t first = file.u32(at), last = file.u32(at + 4);
      if (last < first || last - first > 0x10FFFF) file.fail("has a damaged cmap");
      for (std::uint32_t c = first; c <= last; ++c)
        add(c, file.u32(at + 8) + c - first);
    }
  } else if (format == 4) {
    const std::uint32_t segments = file.u16(subtable + 6) / 2;
    for (std::uint32_t s = 0; s < segments; ++s) {
      const std::size_t ends = subtable + 14;
      const std::size_t starts = ends + 2 * segments + 2;
      const std::size_t deltas = starts + 2 * segments, offsets = deltas + 2 * segments;
      const std::uint32_t last = file.u16(ends + 2 * s),
                          first = file.u16(starts + 2 * s);
      const std::uint32_t delta = file.u16(deltas + 2 * s);
      const std::uint32_t offset = file.u16(offsets + 2 * s);
      for (std::uint32_t c = first; c <= last && c != 0xFFFF; ++c) {
        std::uint32_t glyph = c;
        if (offset != 0) {
          glyph = file.u16(offsets + 2 * s + offset + 2 * (c - first));
          if (glyph == 0) continue;
        }
        add(c, (glyph + delta) & 0xFFFF);
      }
    }
  } else {
    file.fail("has no Unicode cmap");
  }
  pages_.emplace_back();
  for (const auto& [c, advance] : found) {
    const std::size_t page = c >> kPageBits;
    if (page >= page_of_.size()) page_of_.resize(page + 1, 0);
    if (page_of_[page] == 0) {
      page_of_[page] = std::uint16_t(pages_.size());
      pages_.emplace_back();
    }
    pages_[page_of_[page]][c & ((1 << kPageBits) - 1)] = advance;
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
              {}};
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
