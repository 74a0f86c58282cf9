// Screenshots made small in memory (env/base/compression.h), so that a trainer can hold
// tens of thousands of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "env/types.h"

namespace paperphone::agent {

// REQUIRES: image.pixels_HWC.size() == height * width * 3.
std::vector<std::uint8_t> pack_pixels(const ImageView& image);

// The inverse, for the same size. REQUIRES: out_HWC.size() == height * width * 3.
void unpack_pixels(std::span<const std::uint8_t> packed, int height, int width,
                   std::span<std::uint8_t> out_HWC);

}  // namespace paperphone::agent
