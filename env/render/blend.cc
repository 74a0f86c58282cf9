#include "env/render/blend.h"

#include <cstring>

// Functions that are compiled for wider registers as well, chosen when the program
// starts. Sanitisers are not ready yet at that moment.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define PAPERPHONE_WIDE \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PAPERPHONE_WIDE
#endif

namespace paperphone {
namespace {

constexpr int kPixelsPerRound = kBlendBytes;  // three blocks hold whole pixels

}  // namespace

Ink::Ink(Color color) : color(color) {
  for (int i = 0; i < kPixelsPerRound; ++i) {
    channels[3 * i] = color.red;
    channels[3 * i + 1] = color.green;
    channels[3 * i + 2] = color.blue;
  }
}

PAPERPHONE_WIDE
void fill_rows(std::uint8_t* out, std::ptrdiff_t stride, int width, int rows,
               Color color) {
  if (width <= 0 || rows <= 0) return;
  auto bytes = std::size_t(width) * 3;
  if (std::ptrdiff_t(bytes) == stride) {  // whole rows are one long one
    bytes *= std::size_t(rows);
    rows = 1;
  }
  const bool grey = color.red == color.green && color.green == color.blue;
  // 64 pixels: three words of the widest registers.
  using Word = std::uint8_t __attribute__((vector_size(64), aligned(1), may_alias));
  constexpr std::size_t kWord = sizeof(Word);
  std::uint8_t pattern[3 * kWord];
  for (std::size_t i = 0; i < sizeof pattern; i += 3) {
    pattern[i] = color.red;
    pattern[i + 1] = color.green;
    pattern[i + 2] = color.blue;
  }
  Word words[3];
  std::memcpy(words, pattern, sizeof words);
  for (int y = 0; y < rows; ++y, out += stride) {
    if (grey) {
      std::memset(out, color.red, bytes);
      continue;
    }
    std::size_t at = 0;
    for (; at + sizeof pattern <= bytes; at += sizeof pattern) {
      auto* to = reinterpret_cast<Word*>(out + at);
      to[0] = words[0];
      to[1] = words[1];
      to[2] = words[2];
    }
    std::memcpy(out + at, pattern, bytes - at);
  }
}

PAPERPHONE_WIDE
void blend_rows(std::uint8_t* out, std::ptrdiff_t stride, int width, int rows,
                Color color) {
  std::uint16_t products[3 * kPixelsPerRound];
  for (int i = 0; i < kPixelsPerRound; ++i) {
    products[3 * i] = std::uint16_t(color.red * color.alpha + 128);
    products[3 * i + 1] = std::uint16_t(color.green * color.alpha + 128);
    products[3 * i + 2] = std::uint16_t(color.blue * color.alpha + 128);
  }
  const std::uint16_t rest = 255 - color.alpha;
  for (int y = 0; y < rows; ++y, out += stride) {
    std::uint8_t* at = out;
    int left = width;
    for (; left >= kPixelsPerRound;
         left -= kPixelsPerRound, at += 3 * kPixelsPerRound) {
      // The same sum as blend_pixel(); in 16 bits, so that compilers use wide words.
      for (int i = 0; i < 3 * kPixelsPerRound; ++i) {
        const auto sum = std::uint16_t(products[i] + at[i] * rest);
        at[i] = std::uint8_t(std::uint16_t(sum + (sum >> 8)) >> 8);
      }
    }
    for (int i = 0; i < 3 * left; ++i) {
      const auto sum = std::uint16_t(products[i] + at[i] * rest);
      at[i] = std::uint8_t(std::uint16_t(sum + (sum >> 8)) >> 8);
    }
  }
}

PAPERPHONE_WIDE
void blend_mask_rows(std::uint8_t* out, std::ptrdiff_t stride, const std::uint8_t* alpha,
                     std::ptrdiff_t alpha_stride, int blocks, int rows, const Ink& ink) {
  const bool opaque = ink.color.alpha == 255;
  const std::uint16_t strength = ink.color.alpha;
  for (int y = 0; y < rows; ++y, out += stride, alpha += alpha_stride) {
    for (int block = 0; block < blocks; ++block) {
      std::uint8_t* at = out + std::ptrdiff_t(block) * kBlendBytes;
      const std::uint8_t* cover = alpha + std::ptrdiff_t(block) * kBlendBytes;
      const std::uint8_t* color = ink.channels + (block % 3) * kBlendBytes;
      std::uint8_t scaled[kBlendBytes];
      if (!opaque) {
        for (int i = 0; i < kBlendBytes; ++i) {
          const auto product = std::uint16_t(cover[i] * strength + 128);
          scaled[i] = std::uint8_t(std::uint16_t(product + (product >> 8)) >> 8);
        }
        cover = scaled;
      }
      for (int i = 0; i < kBlendBytes; ++i) {
        const auto sum =
            std::uint16_t(color[i] * cover[i] + at[i] * (255 - cover[i]) + 128);
        at[i] = std::uint8_t(std::uint16_t(sum + (sum >> 8)) >> 8);
      }
    }
  }
}

}  // namespace paperphone
