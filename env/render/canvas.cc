#include "env/render/canvas.h"

#include <algorithm>
#include <cstring>

#include "env/check.h"

namespace paperphone {
namespace {

// Part `i` of `count` on the way from a to b, sampled at pixel centres.
std::uint8_t between(std::uint8_t a, std::uint8_t b, int i, int count) {
  return std::uint8_t(a + (int(b) - int(a)) * (2 * i + 1) / (2 * count));
}

Color between(Color a, Color b, int i, int count) {
  return {between(a.red, b.red, i, count), between(a.green, b.green, i, count),
          between(a.blue, b.blue, i, count), between(a.alpha, b.alpha, i, count)};
}

// The row of a corner patch that applies to row `y` of an area, or nullptr between
// the corners.
const std::uint8_t* corner_row(const Mask* corner, int y, int height) {
  if (!corner) return nullptr;
  if (y < corner->height) return corner->row(y);
  if (height - 1 - y < corner->height) return corner->row(height - 1 - y);
  return nullptr;
}

}  // namespace

Mask::Mask(int left, int top, int width, int height,
           const std::vector<std::uint8_t>& coverage)
    : left(left),
      top(top),
      width(width),
      height(height),
      stride_((width * 3 + kBlendBytes - 1) / kBlendBytes * kBlendBytes) {
  CHECK_EQ(coverage.size(), std::size_t(width) * height);
  alpha_.resize(std::size_t(stride_) * height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int channel = 0; channel < 3; ++channel) {
        alpha_[std::size_t(y) * stride_ + 3 * x + channel] =
            coverage[std::size_t(y) * width + x];
      }
    }
  }
}

Rect intersect(const Rect& a, const Rect& b) {
  const int x = std::max(a.x, b.x);
  const int y = std::max(a.y, b.y);
  const int right = std::min(a.x + a.width, b.x + b.width);
  const int bottom = std::min(a.y + a.height, b.y + b.height);
  return {x, y, std::max(0, right - x), std::max(0, bottom - y)};
}

Canvas::Canvas(std::span<std::uint8_t> pixels_HWC, int width, int height)
    : pixels_(pixels_HWC),
      width_(width),
      height_(height),
      limit_{0, 0, width, height},
      clip_(limit_) {
  CHECK_EQ(pixels_HWC.size(), std::size_t(width) * height * 3);
}

void Canvas::set_limit(const Rect& limit) {
  limit_ = intersect(limit, {0, 0, width_, height_});
  clip_ = limit_;
}

void Canvas::solid_rows(int y, int end_y, int x, int end, Color color) {
  x = std::max(x, clip_.x);
  end = std::min(end, clip_.x + clip_.width);
  if (x >= end || y >= end_y) return;
  if (color.alpha == 255) {
    fill_rows(pixel(x, y), stride(), end - x, end_y - y, color);
  } else {
    blend_rows(pixel(x, y), stride(), end - x, end_y - y, color);
  }
}

void Canvas::mask_run(int y, int x, int end, const std::uint8_t* alpha_at_x, int step,
                      const Ink& ink) {
  if (x < clip_.x) {
    alpha_at_x += std::ptrdiff_t(clip_.x - x) * step * 3;
    x = clip_.x;
  }
  end = std::min(end, clip_.x + clip_.width);
  if (x >= end) return;
  std::uint8_t* out = pixel(x, y);
  if (step == 1) {
    // Whole rounds of blocks; what remains is less than a word or two.
    const int rounds = (end - x) / kBlendBytes;
    blend_mask_rows(out, 0, alpha_at_x, 0, 3 * rounds, 1, ink);
    x += rounds * kBlendBytes;
    out += 3 * rounds * kBlendBytes;
    alpha_at_x += 3 * rounds * kBlendBytes;
  }
  for (; x < end; ++x, out += 3, alpha_at_x += 3 * step) {
    const unsigned alpha = div255(unsigned(*alpha_at_x) * ink.color.alpha);
    if (alpha != 0) blend_pixel(out, ink.color, alpha);
  }
}

void Canvas::tile_run(int y, int x, int end, const std::uint8_t* source,
                      const std::uint8_t* alpha_at_x, int step) {
  if (x < clip_.x) {
    source += std::ptrdiff_t(clip_.x - x) * 3;
    if (alpha_at_x) alpha_at_x += std::ptrdiff_t(clip_.x - x) * step * 3;
    x = clip_.x;
  }
  end = std::min(end, clip_.x + clip_.width);
  if (x >= end) return;
  std::uint8_t* out = pixel(x, y);
  if (!alpha_at_x) {
    std::memcpy(out, source, std::size_t(end - x) * 3);
    return;
  }
  for (; x < end; ++x, out += 3, source += 3, alpha_at_x += 3 * step) {
    blend_pixel(out, {source[0], source[1], source[2]}, *alpha_at_x);
  }
}

void Canvas::fill(const Rect& area, const Mask* corner, Color top, Color bottom) {
  const int first = std::max(area.y, clip_.y);
  const int last = std::min(area.y + area.height, clip_.y + clip_.height);
  const int right = area.x + area.width;
  const bool flat = top == bottom;
  if (flat && corner == nullptr) return solid_rows(first, last, area.x, right, top);
  // Rows with round ends, then those between the corners.
  const int rounded = corner != nullptr ? corner->height : 0;
  for (int y = first; y < last; ++y) {
    const Color color = flat ? top : between(top, bottom, y - area.y, area.height);
    const std::uint8_t* edge = corner_row(corner, y - area.y, area.height);
    if (!edge) {
      const int end_y = flat ? std::min(last, area.y + area.height - rounded) : y + 1;
      solid_rows(y, end_y, area.x, right, color);
      y = end_y - 1;
      continue;
    }
    const int size = corner->width;
    const Ink ink(color);
    mask_run(y, area.x, area.x + size, edge, 1, ink);
    solid_run(y, area.x + size, right - size, color);
    mask_run(y, right - size, right, edge + 3 * (size - 1), -1, ink);
  }
}

void Canvas::outline(const Rect& area, const Mask& ring, int thickness, Color color) {
  const Ink ink(color);
  const int first = std::max(area.y, clip_.y);
  const int last = std::min(area.y + area.height, clip_.y + clip_.height);
  const int right = area.x + area.width;
  for (int y = first; y < last; ++y) {
    const int from_edge = std::min(y - area.y, area.height - 1 - (y - area.y));
    const std::uint8_t* edge = corner_row(&ring, y - area.y, area.height);
    if (!edge) {
      solid_run(y, area.x, area.x + thickness, color);
      solid_run(y, right - thickness, right, color);
      continue;
    }
    const int size = ring.width;
    mask_run(y, area.x, area.x + size, edge, 1, ink);
    if (from_edge < thickness) solid_run(y, area.x + size, right - size, color);
    mask_run(y, right - size, right, edge + 3 * (size - 1), -1, ink);
  }
}

void Canvas::shadow(const Rect& area, const Mask& mask, const Rect& hole, Color color) {
  const Ink ink(color);
  const int first = std::max(area.y, clip_.y);
  const int last = std::min(area.y + area.height, clip_.y + clip_.height);
  const int half_x = mask.width / 2;
  const int half_y = mask.height / 2;
  const int right = area.x + area.width;
  const int right_part = mask.width - half_x - 1;  // columns right of the centre one
  for (int y = first; y < last; ++y) {
    const int from_top = y - area.y;
    const int from_bottom = area.height - 1 - from_top;
    const int row = from_top < half_y ? from_top
                    : from_bottom < mask.height - half_y - 1
                        ? mask.height - 1 - from_bottom
                        : half_y;
    const std::uint8_t* alpha = mask.row(row);
    Color centre = color;
    centre.alpha = std::uint8_t(div255(unsigned(alpha[3 * half_x]) * color.alpha));
    const auto draw = [&](int x, int end) {  // [x, end) of this row
      const int left_end = std::min(end, area.x + half_x);
      if (x < left_end) mask_run(y, x, left_end, alpha + 3 * (x - area.x), 1, ink);
      const int middle = std::max(x, area.x + half_x);
      const int middle_end = std::min(end, right - right_part);
      if (centre.alpha != 0) solid_run(y, middle, middle_end, centre);
      const int tail = std::max(x, right - right_part);
      if (tail < end) {
        mask_run(y, tail, end, alpha + 3 * (mask.width - (right - tail)), 1, ink);
      }
    };
    if (y >= hole.y && y < hole.y + hole.height && hole.width > 0) {
      draw(area.x, hole.x);
      draw(hole.x + hole.width, right);
    } else {
      draw(area.x, right);
    }
  }
}

void Canvas::mask(const Mask& mask, int x, int y, const Ink& ink) {
  x += mask.left;
  y += mask.top;
  const int first = std::max(y, clip_.y);
  const int last = std::min(y + mask.height, clip_.y + clip_.height);
  if (first >= last) return;
  const bool cut = x < clip_.x || x + mask.width > clip_.x + clip_.width;
  // Blocks may reach into the padding, which changes nothing, but never past the
  // canvas: the bytes there may be another environment's.
  const auto reach = pixel(x, last - 1) + mask.stride() - pixels_.data();
  if (!cut && reach <= std::ptrdiff_t(pixels_.size())) {
    blend_mask_rows(pixel(x, first), stride(), mask.row(first - y), mask.stride(),
                    int(mask.stride() / kBlendBytes), last - first, ink);
    return;
  }
  for (int row = first; row < last; ++row)
    mask_run(row, x, x + mask.width, mask.row(row - y), 1, ink);
}

void Canvas::tile(const Tile& tile, int x, int y, const Mask* corner) {
  const int first = std::max(y, clip_.y);
  const int last = std::min(y + tile.height, clip_.y + clip_.height);
  for (int row = first; row < last; ++row) {
    const std::uint8_t* source =
        tile.pixels_HWC.data() + std::size_t(row - y) * tile.width * 3;
    const std::uint8_t* edge = corner_row(corner, row - y, tile.height);
    const int right = x + tile.width;
    if (!edge) {
      tile_run(row, x, right, source, nullptr, 0);
      continue;
    }
    const int size = corner->width;
    tile_run(row, x, x + size, source, edge, 1);
    tile_run(row, x + size, right - size, source + std::size_t(size) * 3, nullptr, 0);
    tile_run(row, right - size, right, source + std::size_t(tile.width - size) * 3,
             edge + 3 * (size - 1), -1);
  }
}

}  // namespace paperphone
