#include "env/layout/font_file.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "env/base/error.h"

namespace paperphone::layout {

FontFile::FontFile(const std::filesystem::path& path) : path_(path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw DataError(fmt::format("cannot read font {}", path.string()));
  std::ostringstream bytes;
  bytes << in.rdbuf();
  bytes_ = std::move(bytes).str();
}

std::uint32_t FontFile::u8(std::size_t at) const {
  if (at >= bytes_.size()) fail("ends too early");
  return std::uint8_t(bytes_[at]);
}

std::string_view FontFile::bytes(std::size_t at, std::size_t size) const {
  if (at > bytes_.size() || size > bytes_.size() - at) fail("ends too early");
  return std::string_view(bytes_).substr(at, size);
}

std::size_t FontFile::table(std::string_view tag) const {
  const std::uint32_t count = u16(4);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t entry = 12 + 16 * std::size_t(i);
    u32(entry + 12);  // checks the bounds
    if (bytes(entry, 4) == tag) return u32(entry + 8);
  }
  fail(fmt::format("has no '{}' table", tag));
}

std::vector<std::pair<char32_t, std::uint32_t>> FontFile::glyphs() const {
  std::vector<std::pair<char32_t, std::uint32_t>> found;
  const std::size_t cmap = table("cmap");
  std::size_t subtable = 0;
  std::uint32_t format = 0;
  for (std::uint32_t i = 0; i < u16(cmap + 2); ++i) {
    const std::size_t at = cmap + u32(cmap + 4 + 8 * i + 4);
    const std::uint32_t f = u16(at);
    if ((f == 12 || (f == 4 && format != 12))) subtable = at, format = f;
  }
  const auto add = [&](std::uint32_t c, std::uint32_t glyph) {
    if (glyph != 0 && c <= 0x10FFFF) found.emplace_back(c, glyph);
  };
  if (format == 12) {
    const std::uint32_t groups = u32(subtable + 12);
    for (std::uint32_t g = 0; g < groups; ++g) {
      const std::size_t at = subtable + 16 + 12 * std::size_t(g);
      const std::uint32_t first = u32(at), last = u32(at + 4);
      if (last < first || last - first > 0x10FFFF) fail("has a damaged cmap");
      for (std::uint32_t c = first; c <= last; ++c) add(c, u32(at + 8) + c - first);
    }
  } else if (format == 4) {
    const std::uint32_t segments = u16(subtable + 6) / 2;
    for (std::uint32_t s = 0; s < segments; ++s) {
      const std::size_t ends = subtable + 14;
      const std::size_t starts = ends + 2 * segments + 2;
      const std::size_t deltas = starts + 2 * segments, offsets = deltas + 2 * segments;
      const std::uint32_t last = u16(ends + 2 * s), first = u16(starts + 2 * s);
      const std::uint32_t delta = u16(deltas + 2 * s);
      const std::uint32_t offset = u16(offsets + 2 * s);
      for (std::uint32_t c = first; c <= last && c != 0xFFFF; ++c) {
        std::uint32_t glyph = c;
        if (offset != 0) {
          glyph = u16(offsets + 2 * s + offset + 2 * (c - first));
          if (glyph == 0) continue;
        }
        add(c, (glyph + delta) & 0xFFFF);
      }
    }
  } else {
    fail("has no Unicode cmap");
  }
  return found;
}

void FontFile::fail(std::string_view why) const {
  throw DataError(fmt::format("font {} {}; run tools/make_fonts.sh to make it anew",
                              path_.string(), why));
}

}  // namespace paperphone::layout
