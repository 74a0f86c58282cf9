// The bytes of a TrueType or OpenType file, read with every bound checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paperphone::layout {

class FontFile {
 public:
  // Throws DataError, as everything below: the file cannot be read.
  explicit FontFile(const std::filesystem::path& path);

  // Big-endian numbers.
  std::uint32_t u8(std::size_t at) const;
  std::uint32_t u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
  std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }
  std::string_view bytes(std::size_t at, std::size_t size) const;

  // Where a table begins.
  std::size_t table(std::string_view tag) const;
  // What its cmap maps to glyphs other than 0.
  std::vector<std::pair<char32_t, std::uint32_t>> glyphs() const;

  [[noreturn]] void fail(std::string_view why) const;

 private:
  std::filesystem::path path_;
  std::string bytes_;
};

}  // namespace paperphone::layout
