#include "env/render/code_box.h"

#include <algorithm>

namespace paperphone::render {
namespace {

constexpr int kColumns = 3, kRows = 5;              // of a digit
constexpr int kLeastFramed = 13, kLeastSharp = 11;  // pixels an em

// Row after row.
constexpr std::uint16_t kDigits[16] = {
    0b111'101'101'101'111, 0b010'110'010'010'111, 0b111'001'111'100'111,
    0b111'001'111'001'111, 0b101'101'111'001'001, 0b111'100'111'001'111,
    0b111'100'111'101'111, 0b111'001'001'010'010, 0b111'101'111'101'111,
    0b111'101'111'001'111, 0b010'101'111'101'101, 0b110'101'110'101'110,
    0b011'100'100'100'011, 0b110'101'101'101'110, 0b111'100'110'100'111,
    0b111'100'110'100'100,
};

bool is_set(int digit, int column, int row) {
  return (kDigits[digit] >> (kColumns * kRows - 1 - row * kColumns - column) & 1) != 0;
}

struct Measures {
  int stroke = 1;             // of the frame and between digits
  int width = 1, height = 1;  // of a digit
};

Measures measures(int size) {
  const int unit = std::max(1, size / kLeastFramed);
  if (size >= kLeastSharp) return {unit, kColumns * unit, kRows * unit};
  return {size >= 5 ? 1 : 0, std::max(1, (size - 2) / 3), std::max(1, (size - 1) / 2)};
}

// The part of [from, from + length) that lies within [at, at + step).
int overlap(int from, int length, int at, int step) {
  return std::max(0, std::min(from + length, at + step) - std::max(from, at));
}

Mask digit_mask(int digit, const Measures& m) {
  // A pixel is kColumns x kRows parts, a square of the digit width x height of them.
  std::vector<std::uint8_t> alpha;
  for (int y = 0; y < m.height; ++y) {
    for (int x = 0; x < m.width; ++x) {
      int covered = 0;
      for (int row = 0; row < kRows; ++row)
        for (int column = 0; column < kColumns; ++column)
          if (is_set(digit, column, row))
            covered += overlap(x * kColumns, kColumns, column * m.width, m.width) *
                       overlap(y * kRows, kRows, row * m.height, m.height);
      alpha.push_back(std::uint8_t(covered * 255 / (kColumns * kRows)));
    }
  }
  return Mask(0, 0, m.width, m.height, alpha);
}

}  // namespace

Mask code_piece_mask(CodePiece piece, int size) {
  const Measures m = measures(size);
  if (piece != kCodeFrame) return digit_mask(piece, m);
  std::vector<std::uint8_t> alpha;
  const auto within = [&](int at) { return at >= m.stroke && at < size - m.stroke; };
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x) alpha.push_back(within(x) && within(y) ? 0 : 255);
  return Mask(0, 0, size, size, alpha);
}

std::vector<PlacedCodePiece> code_box(char32_t c, int size) {
  std::vector<PlacedCodePiece> out;
  if (size <= 0) return out;
  if (size >= kLeastFramed) out.push_back({kCodeFrame, 0, 0});
  const Measures m = measures(size);
  const int columns = c > 0xFFFF ? 3 : 2;
  const int left = (size - columns * m.width - (columns - 1) * m.stroke) / 2;
  const int top = (size - 2 * m.height - m.stroke) / 2;
  for (int i = 0; i < 2 * columns; ++i) {
    const int shift = 4 * (2 * columns - 1 - i);
    out.push_back({CodePiece(c >> shift & 0xF),
                   left + i % columns * (m.width + m.stroke),
                   top + i / columns * (m.height + m.stroke)});
  }
  return out;
}

}  // namespace paperphone::render
