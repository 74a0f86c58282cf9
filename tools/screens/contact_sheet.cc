#include "tools/screens/contact_sheet.h"

#include <algorithm>

#include "env/base/check.h"

namespace paperphone::tools {
namespace {

constexpr int kWidth = 180;  // of a screen on the sheet, pixels
constexpr int kHeight = 400;
constexpr int kGap = 12;
constexpr int kMark = 4;  // thickness of a frame
constexpr std::uint8_t kGround = 0xDD;
constexpr std::uint8_t kRed[3] = {230, 30, 60};

}  // namespace

ContactSheet::ContactSheet(int num_screens, int most_columns)
    : columns_(std::min(num_screens, most_columns)) {
  CHECK_GE(columns_, 1);
  const int rows = (num_screens + columns_ - 1) / columns_;
  width_ = columns_ * (kWidth + kGap) + kGap;
  height_ = rows * (kHeight + kGap) + kGap;
  pixels_HWC_.assign(std::size_t(width_) * height_ * 3, kGround);
}

void ContactSheet::add(const ImageView& screen) {
  const int factor = screen.width / kWidth;
  CHECK_EQ(screen.width, factor * kWidth);
  CHECK_EQ(screen.height, factor * kHeight);
  ++added_;
  CHECK_GE(height_, top() + kHeight);
  const int area = factor * factor;
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      int sums[3] = {0, 0, 0};
      for (int j = 0; j < factor; ++j) {
        const std::uint8_t* pixel =
            screen.pixels_HWC.data() +
            (std::size_t(y * factor + j) * screen.width + std::size_t(x) * factor) * 3;
        for (int i = 0; i < 3 * factor; ++i) sums[i % 3] += pixel[i];
      }
      std::uint8_t* out =
          pixels_HWC_.data() + (std::size_t(top() + y) * width_ + left() + x) * 3;
      for (int c = 0; c < 3; ++c) out[c] = std::uint8_t((sums[c] + area / 2) / area);
    }
  }
}

void ContactSheet::mark_last() {
  CHECK_GE(added_, 1);
  const int x = left() - kMark;
  const int y = top() - kMark;
  const int width = kWidth + 2 * kMark;
  const int height = kHeight + 2 * kMark;
  fill(x, y, width, kMark, kRed);
  fill(x, y + height - kMark, width, kMark, kRed);
  fill(x, y, kMark, height, kRed);
  fill(x + width - kMark, y, kMark, height, kRed);
}

int ContactSheet::left() const {
  return kGap + (added_ - 1) % columns_ * (kWidth + kGap);
}

int ContactSheet::top() const {
  return kGap + (added_ - 1) / columns_ * (kHeight + kGap);
}

void ContactSheet::fill(int x, int y, int width, int height,
                        const std::uint8_t (&color)[3]) {
  for (int row = y; row < y + height; ++row)
    for (int i = 0; i < 3 * width; ++i)
      pixels_HWC_[(std::size_t(row) * width_ + x) * 3 + i] = color[i % 3];
}

}  // namespace paperphone::tools
