// Many screens on one picture, each at half of 360x800.
#pragma once

#include <cstdint>
#include <vector>

#include "env/types.h"

namespace paperphone::tools {

class ContactSheet {
 public:
  // REQUIRES: both >= 1.
  explicit ContactSheet(int num_screens, int most_columns = 8);

  // The next screen, of any size that is 180x400 times a whole number.
  // REQUIRES: fewer than num_screens were added.
  void add(const ImageView& screen);
  // A red frame around the last one. REQUIRES: one was added.
  void mark_last();
  ImageView picture() const { return {pixels_HWC_, height_, width_}; }

 private:
  void fill(int x, int y, int width, int height, const std::uint8_t (&color)[3]);
  int left() const;  // of the last one, pixels
  int top() const;

  int columns_;
  int width_;
  int height_;
  int added_ = 0;
  std::vector<std::uint8_t> pixels_HWC_;
};

}  // namespace paperphone::tools
