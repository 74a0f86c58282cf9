// Outlines of the bundled fonts, rasterised to coverage masks. No hinting, no font
// matching: a glyph's shape depends on the font file, the size and the phase alone.
#pragma once

#include <filesystem>
#include <memory>

#include "env/render/canvas.h"

namespace paperphone::render {

class GlyphSource {
 public:
  // Glyphs start at quarters of a pixel, so that small text keeps its rhythm.
  static constexpr int kPhases = 4;

  // Throws DataError if the file is missing or not a font.
  explicit GlyphSource(const std::filesystem::path& font_file);
  GlyphSource(GlyphSource&&) noexcept;
  ~GlyphSource();

  // `size_64`: pixels per em times 64. `phase`: quarters of a pixel to the right.
  // The mask's (left, top) are relative to the pen on the baseline. The shape
  // of .notdef if the font lacks `c`. Not thread-safe: the caller holds a lock.
  Mask rasterize(char32_t c, int size_64, int phase) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperphone::render
