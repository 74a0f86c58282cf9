// Many screens on one picture, each at half of 360x800.
#pragma once

#include <cstdint>
#include <vector>

#include "env/types.h"

namespace paperphone::tools {

class ContactSheet {
 public:
  // REQUIRES: num_screens >= 1.
  explicit ContactSheet(int num_screens);

  // The next screen, of any size that is 180x400 times a whole number.
  // REQUIRES: fewer than num_screens were added.
  void add(const ImageView& screen);
  ImageView picture() const { return {pixels_HWC_, height_, width_}; }

 private:
  int columns_;
  int width_;
  int height_;
  int added_ = 0;
  std::vector<std::uint8_t> pixels_HWC_;
};

}  // namespace paperphone::tools
