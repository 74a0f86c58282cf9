#include "agent/image/pixel_codec.h"

#include <array>
#include <cstring>

#include "env/base/check.h"

namespace paperphone::agent {
namespace {

// Every pixel becomes its difference from the pixel above (modulo 256 per channel).
// The differences are written as pieces: a number whose two low bits name the kind and
// whose other bits count pixels, then the pixels' bytes.
enum Kind : std::uint64_t {
  kZero = 0,   // no bytes: equal to the row above
  kSame = 1,   // one difference, repeated
  kGrey = 2,   // one byte each: all three channels differ alike
  kColor = 3,  // three bytes each
};

struct Difference {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Difference&) const = default;
  bool zero() const { return (r | g | b) == 0; }
  bool grey() const { return r == g && g == b; }
};

void put_number(std::uint64_t number, std::vector<std::uint8_t>* out) {
  for (; number >= 0x80; number >>= 7) out->push_back(std::uint8_t(number | 0x80));
  out->push_back(std::uint8_t(number));
}

std::uint64_t take_number(std::span<const std::uint8_t> packed, std::size_t* at) {
  std::uint64_t number = 0;
  for (int shift = 0;; shift += 7) {
    CHECK_LT(*at, packed.size());
    const std::uint8_t byte = packed[(*at)++];
    number |= std::uint64_t(byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
}

// Runs shorter than this stay among the literals.
constexpr std::size_t kShortestRun = 4;

std::size_t run_length(std::span<const Difference> d, std::size_t i) {
  std::size_t end = i + 1;
  while (end < d.size() && d[end] == d[i]) ++end;
  return end - i;
}

void pack_row(std::span<const Difference> d, std::vector<std::uint8_t>* out) {
  for (std::size_t i = 0; i < d.size();) {
    const std::size_t run = run_length(d, i);
    if (d[i].zero() || run >= kShortestRun) {
      put_number(run << 2 | (d[i].zero() ? kZero : kSame), out);
      if (!d[i].zero()) out->insert(out->end(), {d[i].r, d[i].g, d[i].b});
      i += run;
      continue;
    }
    const bool grey = d[i].grey();
    std::size_t end = i;
    while (end < d.size() && !d[end].zero() && d[end].grey() == grey &&
           run_length(d, end) < kShortestRun)
      ++end;
    put_number((end - i) << 2 | (grey ? kGrey : kColor), out);
    for (; i < end; ++i) {
      out->push_back(d[i].r);
      if (!grey) out->insert(out->end(), {d[i].g, d[i].b});
    }
  }
}

}  // namespace

std::vector<std::uint8_t> pack_pixels(const ImageView& image) {
  const std::size_t row_bytes = std::size_t(image.width) * 3;
  CHECK_EQ(image.pixels_HWC.size(), row_bytes * image.height);
  std::vector<std::uint8_t> out;
  std::vector<Difference> differences(image.width);
  std::vector<std::uint8_t> nothing(row_bytes);
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* row = image.pixels_HWC.data() + y * row_bytes;
    const std::uint8_t* above = y > 0 ? row - row_bytes : nothing.data();
    for (int x = 0; x < image.width; ++x, row += 3, above += 3)
      differences[x] = {std::uint8_t(row[0] - above[0]),
                        std::uint8_t(row[1] - above[1]),
                        std::uint8_t(row[2] - above[2])};
    pack_row(differences, &out);
  }
  out.shrink_to_fit();
  return out;
}

void unpack_pixels(std::span<const std::uint8_t> packed, int height, int width,
                   std::span<std::uint8_t> out_HWC) {
  const std::size_t row_bytes = std::size_t(width) * 3;
  CHECK_EQ(out_HWC.size(), row_bytes * height);
  std::vector<std::uint8_t> nothing(row_bytes);
  std::size_t at = 0;
  std::uint8_t* out = out_HWC.data();
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* above = y > 0 ? out - row_bytes : nothing.data();
    for (std::size_t x = 0; x < std::size_t(width);) {
      const std::uint64_t number = take_number(packed, &at);
      const std::uint64_t kind = number & 3;
      const std::size_t count = number >> 2;
      CHECK_LE(x + count, std::size_t(width));
      if (kind == kZero) {
        std::memcpy(out, above, count * 3);
        out += count * 3;
        above += count * 3;
      } else {
        const std::size_t step = kind == kColor ? 3 : kind == kGrey ? 1 : 0;
        CHECK_LE(at + (kind == kSame ? 3 : count * step), packed.size());
        const std::size_t channel = kind == kGrey ? 0 : 1;
        for (std::size_t i = 0; i < count; ++i, at += step)
          for (std::size_t c = 0; c < 3; ++c)
            *out++ = std::uint8_t(*above++ + packed[at + c * channel]);
        if (kind == kSame) at += 3;
      }
      x += count;
    }
  }
  CHECK_EQ(at, packed.size());
}

}  // namespace paperphone::agent
