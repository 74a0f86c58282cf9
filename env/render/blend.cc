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

namespace paperphone::render {

Ink::Ink(Color color) : color(color), channels{color.red, color.green, color.blue} {
  static_assert(kBlendPixels == 16);
  for (std::size_t done = 3; done < sizeof channels; done *= 2)
    std::memcpy(channels + done, channels, done);
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
  using Word = std::uint8_t __attribute__((vector_size(64)));
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
      std::memcpy(out + at, words, sizeof words);
    }
    std::memcpy(out + at, pattern, bytes - at);
  }
}

PAPERPHONE_WIDE
void blend_rows(std::uint8_t* out, std::ptrdiff_t stride, int width, int rows,
                Color color) {
  constexpr int kPixelsPerRound = 32;
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

namespace {

// A block's 48 bytes go as 32 and 16, each in words of two bytes: the widest registers.
using Bytes32 = std::uint8_t __attribute__((vector_size(32)));
using Words32 = std::uint16_t __attribute__((vector_size(64)));
using Bytes16 = std::uint8_t __attribute__((vector_size(16)));
using Words16 = std::uint16_t __attribute__((vector_size(32)));

// Each pixel's coverage three times: for the first 32 bytes of a block, for the others.
[[gnu::always_inline]] inline void spread(const Bytes16& c, Bytes32& out) {
  out = __builtin_shufflevector(c, c, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5,
                                5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10);
}
[[gnu::always_inline]] inline void spread(const Bytes16& c, Bytes16& out) {
  out = __builtin_shufflevector(c, c, 10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14,
                                14, 15, 15, 15);
}

// The head or the tail of a block.
template <class Bytes, class Words>
[[gnu::always_inline]] inline void blend_bytes(std::uint8_t* out,
                                               const Bytes16& pixel_cover,
                                               const Words& color,
                                               std::uint16_t strength) {
  Bytes cover_bytes;
  spread(pixel_cover, cover_bytes);
  Words cover = __builtin_convertvector(cover_bytes, Words);
  if (strength != 255) {
    cover = cover * strength + 128;
    cover = (cover + (cover >> 8)) >> 8;
  }
  Bytes bytes;
  std::memcpy(&bytes, out, sizeof bytes);
  Words sum =
      color * cover + __builtin_convertvector(bytes, Words) * (255 - cover) + 128;
  sum = (sum + (sum >> 8)) >> 8;
  bytes = __builtin_convertvector(sum, Bytes);
  std::memcpy(out, &bytes, sizeof bytes);
}

}  // namespace

PAPERPHONE_WIDE
void blend_mask_rows(std::uint8_t* out, std::ptrdiff_t stride, const std::uint8_t* cover,
                     std::ptrdiff_t cover_stride, int blocks, int rows, const Ink& ink) {
  static_assert(kBlendPixels == sizeof(Bytes16));
  const std::uint16_t strength = ink.color.alpha;
  Bytes32 head_bytes;
  Bytes16 tail_bytes;
  std::memcpy(&head_bytes, ink.channels, sizeof head_bytes);
  std::memcpy(&tail_bytes, ink.channels + sizeof head_bytes, sizeof tail_bytes);
  const auto head = __builtin_convertvector(head_bytes, Words32);
  const auto tail = __builtin_convertvector(tail_bytes, Words16);
  for (int y = 0; y < rows; ++y, out += stride, cover += cover_stride)
    for (int block = 0; block < blocks; ++block) {
      Bytes16 c;
      std::memcpy(&c, cover + std::ptrdiff_t(block) * kBlendPixels, sizeof c);
      std::uint8_t* const at = out + std::ptrdiff_t(block) * 3 * kBlendPixels;
      blend_bytes<Bytes32>(at, c, head, strength);
      blend_bytes<Bytes16>(at + 32, c, tail, strength);
    }
}

PAPERPHONE_WIDE
void blend_tile_row(std::uint8_t* out, const std::uint8_t* source,
                    const std::uint8_t* cover, int blocks) {
  for (int block = 0; block < blocks; ++block) {
    const std::ptrdiff_t at = std::ptrdiff_t(block) * 3 * kBlendPixels;
    Bytes16 c, tail;
    Bytes32 head;
    std::memcpy(&c, cover + std::ptrdiff_t(block) * kBlendPixels, sizeof c);
    std::memcpy(&head, source + at, sizeof head);
    std::memcpy(&tail, source + at + 32, sizeof tail);
    blend_bytes<Bytes32>(out + at, c, __builtin_convertvector(head, Words32), 255);
    blend_bytes<Bytes16>(out + at + 32, c, __builtin_convertvector(tail, Words16), 255);
  }
}

}  // namespace paperphone::render
