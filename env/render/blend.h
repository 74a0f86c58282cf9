// The loops that touch pixels, compiled for narrow and wide machines alike: integer
// arithmetic, so all of them give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace paperphone::render {

struct Color {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  std::uint8_t alpha = 255;
  static Color from_argb(std::uint32_t argb) {
    return {std::uint8_t(argb >> 16), std::uint8_t(argb >> 8), std::uint8_t(argb),
            std::uint8_t(argb >> 24)};
  }
  bool operator==(const Color&) const = default;
};

// Coverage is blended this many pixels at a time.
inline constexpr int kBlendPixels = 16;

// A colour laid out for blending: the channels of one block.
struct Ink {
  explicit Ink(Color color);
  Color color;
  std::uint8_t channels[3 * kBlendPixels];
};

// round(x / 255) for 0 <= x <= 255 * 255.
inline unsigned div255(unsigned x) { return (x + 128 + ((x + 128) >> 8)) >> 8; }

// One pixel: round((color * alpha + below * (255 - alpha)) / 255) in each channel.
inline void blend_pixel(std::uint8_t* pixel, Color color, unsigned alpha) {
  const unsigned rest = 255 - alpha;
  pixel[0] = std::uint8_t(div255(color.red * alpha + pixel[0] * rest));
  pixel[1] = std::uint8_t(div255(color.green * alpha + pixel[1] * rest));
  pixel[2] = std::uint8_t(div255(color.blue * alpha + pixel[2] * rest));
}

// `rows` rows of `width` pixels in one opaque colour. Strides in bytes.
void fill_rows(std::uint8_t* out, std::ptrdiff_t stride, int width, int rows,
               Color color);

// The same in a translucent one, color.alpha < 255.
void blend_rows(std::uint8_t* out, std::ptrdiff_t stride, int width, int rows,
                Color color);

// `blocks` * kBlendPixels pixels of each row, with a coverage for every pixel; coverage 0
// writes back what was there. Strides in bytes.
void blend_mask_rows(std::uint8_t* out, std::ptrdiff_t stride, const std::uint8_t* cover,
                     std::ptrdiff_t cover_stride, int blocks, int rows, const Ink& ink);

// `blocks` * kBlendPixels pixels of one row, from as many of `source`, with a coverage
// for every pixel.
void blend_tile_row(std::uint8_t* out, const std::uint8_t* source,
                    const std::uint8_t* cover, int blocks);

}  // namespace paperphone::render
