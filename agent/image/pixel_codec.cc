#include "agent/image/pixel_codec.h"

#include "env/base/check.h"
#include "env/base/compression.h"

namespace paperphone::agent {

std::vector<std::uint8_t> pack_pixels(const ImageView& image) {
  CHECK_EQ(image.pixels_HWC.size(), std::size_t(image.width) * 3 * image.height);
  return compress(image.pixels_HWC);
}

void unpack_pixels(std::span<const std::uint8_t> packed, int height, int width,
                   std::span<std::uint8_t> out_HWC) {
  CHECK_EQ(out_HWC.size(), std::size_t(width) * 3 * height);
  decompress(packed, out_HWC);
}

}  // namespace paperphone::agent
