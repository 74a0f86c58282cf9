// Pictures of the emoji font: PNGs of one size in its table CBDT, made smaller here.
// Read by hand, so that no rasteriser has a say in them.
#pragma once

#include <filesystem>
#include <memory>

#include "env/render/canvas.h"

namespace paperphone::render {

class EmojiSource {
 public:
  // Throws DataError if the file is missing or no such font.
  explicit EmojiSource(const std::filesystem::path& font_file);
  ~EmojiSource();

  // `size_64`: pixels per em times 64. The sprite's corner is where the pen stands, at
  // the top of the em box. REQUIRES: the font has `c`. Not thread-safe: the caller
  // holds a lock.
  Sprite paint(char32_t c, int size_64) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperphone::render
