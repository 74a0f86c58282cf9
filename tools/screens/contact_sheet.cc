#include "tools/screens/contact_sheet.h"

#include <algorithm>

#include "env/base/check.h"

namespace paperphone::tools {
namespace {

constexpr int kWidth = 180;  // of a screen on the sheet, pixels
constexpr int kHeight = 400;
constexpr int kGap = 12;
constexpr int kMostColumns = 8;
constexpr std::uint8_t kGround = 0xDD;

}  // namespace

ContactSheet::ContactSheet(int num_screens)
    : columns_(std::min(num_screens, kMostColumns)) {
  CHECK_GE(num_screens, 1);
  const int rows = (num_screens + columns_ - 1) / columns_;
  width_ = columns_ * (kWidth + kGap) + kGap;
  height_ = rows * (kHeight + kGap) + kGap;
  pixels_HWC_.assign(std::size_t(width_) * height_ * 3, kGround);
}

void ContactSheet::add(const ImageView& screen) {
  const int factor = screen.width / kWidth;
  CHECK_EQ(screen.width, factor * kWidth);
  CHECK_EQ(screen.height, factor * kHeight);
  const int left = kGap + added_ % columns_ * (kWidth + kGap);
  const int top = kGap + added_ / columns_ * (kHeight + kGap);
  ++added_;
  CHECK_GE(height_, top + kHeight);
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
          pixels_HWC_.data() + (std::size_t(top + y) * width_ + left + x) * 3;
      for (int c = 0; c < 3; ++c) out[c] = std::uint8_t((sums[c] + area / 2) / area);
    }
  }
}

}  // namespace paperphone::tools
