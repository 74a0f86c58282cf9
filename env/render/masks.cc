#include "env/render/masks.h"

#include <algorithm>
#include <cstdlib>

#include "env/base/check.h"

namespace paperphone::render {
namespace {

constexpr int kSamples = 16;  // per pixel and axis

// Largest r with r * r <= x.
int integer_sqrt(std::int64_t x) {
  std::int64_t r = 0;
  for (std::int64_t bit = std::int64_t{1} << 20; bit > 0; bit >>= 1) {
    if ((r + bit) * (r + bit) <= x) r += bit;
  }
  return int(r);
}

// Samples (0..256) of pixel (x, y) inside a quarter disc of `radius` whose box starts
// at (inset, inset); everything right of and below the corner's centre is inside.
// Units within: 1 / 32 pixel, so that sample centres are odd integers.
int corner_samples(int x, int y, int inset, int radius) {
  const int centre = 2 * kSamples * (inset + radius);
  const int edge = 2 * kSamples * inset;
  const std::int64_t square = std::int64_t{4} * kSamples * kSamples * radius * radius;
  int count = 0;
  for (int j = 0; j < kSamples; ++j) {
    const int sample_y = 2 * kSamples * y + 2 * j + 1;
    if (sample_y < edge) continue;
    int first = edge;  // leftmost x inside on this line
    if (sample_y < centre) {
      const std::int64_t dy = centre - sample_y;
      if (dy * dy > square) continue;
      first = std::max(first, centre - integer_sqrt(square - dy * dy));
    }
    const int begin = 2 * kSamples * x;
    const int outside = std::clamp((first - begin) / 2, 0, kSamples);
    count += kSamples - outside;
  }
  return count;
}

std::uint8_t to_alpha(int samples) {
  return std::uint8_t((samples * 255 + kSamples * kSamples / 2) /
                      (kSamples * kSamples));
}

// Mean over 2 * reach + 1 values along one axis; outside counts as 0.
void box_blur(std::vector<std::uint8_t>& alpha, int lines, int length, int line_step,
              int step, int reach) {
  const int size = 2 * reach + 1;
  std::vector<std::uint8_t> source(length);
  for (int line = 0; line < lines; ++line) {
    std::uint8_t* data = alpha.data() + std::size_t(line) * line_step;
    for (int i = 0; i < length; ++i) source[i] = data[std::size_t(i) * step];
    int sum = 0;
    for (int i = 0; i < std::min(reach, length); ++i) sum += source[i];
    for (int i = 0; i < length; ++i) {
      if (i + reach < length) sum += source[i + reach];
      if (i - reach - 1 >= 0) sum -= source[i - reach - 1];
      data[std::size_t(i) * step] = std::uint8_t((sum + size / 2) / size);
    }
  }
}

}  // namespace

Mask corner_mask(int radius) {
  CHECK_GE(radius, 1);
  std::vector<std::uint8_t> alpha(std::size_t(radius) * radius);
  for (int y = 0; y < radius; ++y) {
    for (int x = 0; x < radius; ++x) {
      alpha[std::size_t(y) * radius + x] = to_alpha(corner_samples(x, y, 0, radius));
    }
  }
  return Mask(0, 0, radius, radius, alpha);
}

Mask ring_mask(int radius, int thickness) {
  CHECK_GE(thickness, 1);
  const int side = std::max(radius, thickness);
  const int inner_radius = std::max(0, radius - thickness);
  std::vector<std::uint8_t> alpha(std::size_t(side) * side);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int outer = corner_samples(x, y, 0, radius);
      const int inner = corner_samples(x, y, thickness, inner_radius);
      alpha[std::size_t(y) * side + x] = to_alpha(std::max(0, outer - inner));
    }
  }
  return Mask(0, 0, side, side, alpha);
}

Mask shadow_mask(int width, int height, int radius, int blur) {
  const int outer_width = width + 2 * blur;
  const int outer_height = height + 2 * blur;
  std::vector<std::uint8_t> alpha(std::size_t(outer_width) * outer_height);
  for (int y = 0; y < height; ++y) {
    const int corner_y = std::min(y, height - 1 - y);
    for (int x = 0; x < width; ++x) {
      const int corner_x = std::min(x, width - 1 - x);
      const bool in_corner = corner_x < radius && corner_y < radius;
      alpha[std::size_t(y + blur) * outer_width + x + blur] =
          in_corner ? to_alpha(corner_samples(corner_x, corner_y, 0, radius)) : 255;
    }
  }
  // Three box filters come close to a Gaussian and reach no further than the margin.
  const int reach = blur / 3;
  for (int pass = 0; reach > 0 && pass < 3; ++pass) {
    box_blur(alpha, outer_height, outer_width, outer_width, 1, reach);
    box_blur(alpha, outer_width, outer_height, 1, outer_width, reach);
  }
  return Mask(-blur, -blur, outer_width, outer_height, alpha);
}

Mask polygon_mask(const std::vector<std::vector<Point>>& contours, int width,
                  int height) {
  CHECK_GE(width, 1);
  CHECK_GE(height, 1);
  constexpr int kUnit = 16;   // of a pixel
  constexpr int kLines = 4;   // sampled in each row of pixels
  struct Crossing {
    int x;
    int winding;
  };
  std::vector<std::vector<Crossing>> crossings(std::size_t(height) * kLines);
  for (const auto& contour : contours) {
    for (std::size_t i = 0; i < contour.size(); ++i) {
      Point a = contour[i], b = contour[(i + 1) % contour.size()];
      const int winding = a.y < b.y ? 1 : -1;
      if (winding < 0) std::swap(a, b);
      // Lines lie at 2, 6, 10, 14 sixteenths; an edge has its upper end, not its lower.
      constexpr int kStep = kUnit / kLines;
      const int first = std::max(0, (a.y - kStep / 2 + kStep - 1) / kStep);
      for (int line = first; line < height * kLines; ++line) {
        const int y = line * kStep + kStep / 2;
        if (y < a.y) continue;
        if (y >= b.y) break;
        const std::int64_t dx = std::int64_t(b.x - a.x) * (y - a.y);
        crossings[std::size_t(line)].push_back({a.x + int(dx / (b.y - a.y)), winding});
      }
    }
  }
  std::vector<std::uint8_t> alpha(std::size_t(width) * height);
  std::vector<int> sums(width);
  for (int y = 0; y < height; ++y) {
    std::fill(sums.begin(), sums.end(), 0);
    for (int line = y * kLines; line < (y + 1) * kLines; ++line) {
      auto& row = crossings[std::size_t(line)];
      std::sort(row.begin(), row.end(),
                [](const Crossing& a, const Crossing& b) { return a.x < b.x; });
      int winding = 0;
      for (std::size_t i = 0; i + 1 < row.size(); ++i) {
        winding += row[i].winding;
        if (winding == 0) continue;
        const int from = std::clamp(row[i].x, 0, width * kUnit);
        const int to = std::clamp(row[i + 1].x, 0, width * kUnit);
        for (int x = from / kUnit; x * kUnit < to; ++x) {
          sums[std::size_t(x)] += std::min(to, (x + 1) * kUnit) - std::max(from, x * kUnit);
        }
      }
    }
    constexpr int kFull = kUnit * kLines;
    for (int x = 0; x < width; ++x) {
      alpha[std::size_t(y) * width + x] =
          std::uint8_t((sums[std::size_t(x)] * 255 + kFull / 2) / kFull);
    }
  }
  return Mask(0, 0, width, height, alpha);
}

}  // namespace paperphone::render
