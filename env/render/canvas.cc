#include "env/render/canvas.h"

#include <algorithm>
#include <cstring>

#include "env/base/check.h"

namespace paperphone::render {
namespace {

// Part `i` of `count` on the way from a to b, sampled at pixel centres.
std::uint8_t between(std::uint8_t a, std::uint8_t b, int i, int count) {
  return std::uint8_t(a + (int(b) - int(a)) * (2 * i + 1) / (2 * count));
}

Color between(Color a, Color b, int i, int count) {
  return {between(a.red, b.red, i, count), between(a.green, b.green, i, count),
          between(a.blue, b.blue, i, count), between(a.alpha, b.alpha, i, count)};
}

// The row of a box's corners that applies to its row `y`, or -1 between them.
int corner_row(const Corners* corners, int y, int height) {
  if (corners == nullptr) return -1;
  const int size = corners->left.height;
  return y < size ? y : height - 1 - y < size ? height - 1 - y : -1;
}

}  // namespace

Mask::Mask(int left, int top, int width, int height,
           const std::vector<std::uint8_t>& coverage)
    : left(left),
      top(top),
      width(width),
      height(height),
      stride_((width + kBlendPixels - 1) / kBlendPixels * kBlendPixels) {
  CHECK_EQ(coverage.size(), std::size_t(width) * height);
  cover_.resize(std::size_t(stride_) * height);
  for (int y = 0; y < height; ++y)
    std::copy_n(coverage.begin() + std::ptrdiff_t(y) * width, width,
                cover_.begin() + std::ptrdiff_t(y) * stride_);
}

Mask Mask::mirrored() const {
  std::vector<std::uint8_t> coverage;
  coverage.reserve(std::size_t(width) * height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) coverage.push_back(at(width - 1 - x, y));
  return Mask(left, top, width, height, coverage);
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

void Canvas::mask_run(int y, int x, int end, const std::uint8_t* cover_at_x,
                      const Ink& ink) {
  if (x < clip_.x) {
    cover_at_x += clip_.x - x;
    x = clip_.x;
  }
  end = std::min(end, clip_.x + clip_.width);
  if (x >= end) return;
  std::uint8_t* out = pixel(x, y);
  const int blocks = (end - x) / kBlendPixels;
  blend_mask_rows(out, 0, cover_at_x, 0, blocks, 1, ink);
  x += blocks * kBlendPixels;
  out += 3 * blocks * kBlendPixels;
  cover_at_x += blocks * kBlendPixels;
  if (x < end && pixels_.data() + pixels_.size() - out >= 3 * kBlendPixels) {
    // A block whose rest changes nothing.
    std::uint8_t cover[kBlendPixels] = {};
    std::memcpy(cover, cover_at_x, std::size_t(end - x));
    return blend_mask_rows(out, 0, cover, 0, 1, 1, ink);
  }
  for (; x < end; ++x, out += 3, ++cover_at_x) {
    const unsigned alpha = div255(unsigned(*cover_at_x) * ink.color.alpha);
    if (alpha != 0) blend_pixel(out, ink.color, alpha);
  }
}

void Canvas::mask_rows(const Mask& mask, int x, int y, int first, int end,
                       bool upside_down, const Ink& ink) {
  const auto place = [&](int row) { return y + (upside_down ? mask.height - 1 - row : row); };
  // The rows in the order in which they come down the canvas.
  int top = upside_down ? place(end - 1) : place(first);
  int below = top + (end - first);
  top = std::max(top, clip_.y);
  below = std::min(below, clip_.y + clip_.height);
  if (top >= below || mask.width == 0) return;
  const auto row_at = [&](int canvas_y) {
    return upside_down ? mask.height - 1 - (canvas_y - y) : canvas_y - y;
  };
  const bool cut = x < clip_.x || x + mask.width > clip_.x + clip_.width;
  if (!cut) {
    // Blocks may reach into the padding, which changes nothing, but never past the
    // canvas: the bytes there may be another environment's.
    const auto reach = pixel(x, below - 1) + 3 * mask.stride() - pixels_.data();
    if (reach <= std::ptrdiff_t(pixels_.size())) {
      blend_mask_rows(pixel(x, top), stride(), mask.row(row_at(top)),
                      upside_down ? -mask.stride() : mask.stride(),
                      int(mask.stride() / kBlendPixels), below - top, ink);
      return;
    }
  }
  for (int at = top; at < below; ++at)
    mask_run(at, x, x + mask.width, mask.row(row_at(at)), ink);
}

void Canvas::tile_run(int y, int x, int end, const std::uint8_t* source,
                      const std::uint8_t* cover_at_x) {
  if (x < clip_.x) {
    source += std::ptrdiff_t(clip_.x - x) * 3;
    if (cover_at_x) cover_at_x += clip_.x - x;
    x = clip_.x;
  }
  end = std::min(end, clip_.x + clip_.width);
  if (x >= end) return;
  std::uint8_t* out = pixel(x, y);
  if (!cover_at_x) {
    std::memcpy(out, source, std::size_t(end - x) * 3);
    return;
  }
  for (; x < end; ++x, out += 3, source += 3, ++cover_at_x) {
    blend_pixel(out, {source[0], source[1], source[2]}, *cover_at_x);
  }
}

void Canvas::tile_corner(int y, int x, const std::uint8_t* source, const Mask& mask,
                         int row, const Tile& tile) {
  const bool cut = x < clip_.x || x + mask.width > clip_.x + clip_.width;
  if (!cut) {
    // Whole blocks, as far as canvas and tile reach: mask_rows().
    std::uint8_t* const out = pixel(x, y);
    const std::ptrdiff_t bytes = 3 * mask.stride();
    const std::uint8_t* const tile_end =
        tile.pixels_HWC.data() + tile.pixels_HWC.size();
    if (pixels_.data() + pixels_.size() - out >= bytes && tile_end - source >= bytes)
      return blend_tile_row(out, source, mask.row(row),
                            int(mask.stride() / kBlendPixels));
  }
  tile_run(y, x, x + mask.width, source, mask.row(row));
}

void Canvas::fill(const Rect& area, const Corners* corners, Color top, Color bottom) {
  const int first = std::max(area.y, clip_.y);
  const int last = std::min(area.y + area.height, clip_.y + clip_.height);
  const int right = area.x + area.width;
  const int size = corners != nullptr ? corners->left.width : 0;
  if (top == bottom) {
    const Ink ink(top);
    const int below = area.y + area.height - size;  // where the bottom corners begin
    if (size > 0) {
      mask_rows(corners->left, area.x, area.y, 0, size, false, ink);
      mask_rows(corners->right, right - size, area.y, 0, size, false, ink);
      mask_rows(corners->left, area.x, below, 0, size, true, ink);
      mask_rows(corners->right, right - size, below, 0, size, true, ink);
      solid_rows(first, std::min(last, area.y + size), area.x + size, right - size, top);
      solid_rows(std::max(first, below), last, area.x + size, right - size, top);
    }
    solid_rows(std::max(first, area.y + size), std::min(last, below), area.x, right, top);
    return;
  }
  for (int y = first; y < last; ++y) {
    const Color color = between(top, bottom, y - area.y, area.height);
    const int row = corner_row(corners, y - area.y, area.height);
    if (row < 0) {
      solid_run(y, area.x, right, color);
      continue;
    }
    const Ink ink(color);
    mask_run(y, area.x, area.x + size, corners->left.row(row), ink);
    solid_run(y, area.x + size, right - size, color);
    mask_run(y, right - size, right, corners->right.row(row), ink);
  }
}

void Canvas::outline(const Rect& area, const Corners& ring, int thickness, Color color) {
  const Ink ink(color);
  const int first = std::max(area.y, clip_.y);
  const int last = std::min(area.y + area.height, clip_.y + clip_.height);
  const int right = area.x + area.width;
  const int size = ring.left.width;
  for (int y = first; y < last; ++y) {
    const int from_edge = std::min(y - area.y, area.height - 1 - (y - area.y));
    const int row = corner_row(&ring, y - area.y, area.height);
    if (row < 0) {
      solid_run(y, area.x, area.x + thickness, color);
      solid_run(y, right - thickness, right, color);
      continue;
    }
    mask_run(y, area.x, area.x + size, ring.left.row(row), ink);
    if (from_edge < thickness) solid_run(y, area.x + size, right - size, color);
    mask_run(y, right - size, right, ring.right.row(row), ink);
  }
}

void Canvas::shadow(const Rect& area, const Mask& mask, const Rect& hole, Color color) {
  const Ink ink(color);
  const Rect left_out = intersect(hole, area);
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
    const std::uint8_t* cover = mask.row(row);
    Color centre = color;
    centre.alpha = std::uint8_t(div255(unsigned(cover[half_x]) * color.alpha));
    const auto draw = [&](int x, int end) {  // [x, end) of this row
      const int left_end = std::min(end, area.x + half_x);
      if (x < left_end) mask_run(y, x, left_end, cover + (x - area.x), ink);
      const int middle = std::max(x, area.x + half_x);
      const int middle_end = std::min(end, right - right_part);
      if (centre.alpha != 0) solid_run(y, middle, middle_end, centre);
      const int tail = std::max(x, right - right_part);
      if (tail < end) {
        mask_run(y, tail, end, cover + mask.width - (right - tail), ink);
      }
    };
    if (y >= left_out.y && y < left_out.y + left_out.height && left_out.width > 0) {
      draw(area.x, left_out.x);
      draw(left_out.x + left_out.width, right);
    } else {
      draw(area.x, right);
    }
  }
}

void Canvas::mask(const Mask& mask, int x, int y, const Ink& ink) {
  mask_rows(mask, x + mask.left, y + mask.top, 0, mask.height, false, ink);
}

void Canvas::tile(const Tile& tile, int x, int y, const Corners* corners) {
  const int first = std::max(y, clip_.y);
  const int last = std::min(y + tile.height, clip_.y + clip_.height);
  for (int at = first; at < last; ++at) {
    const std::uint8_t* source =
        tile.pixels_HWC.data() + std::size_t(at - y) * tile.width * 3;
    const int row = corner_row(corners, at - y, tile.height);
    const int right = x + tile.width;
    if (row < 0) {
      tile_run(at, x, right, source, nullptr);
      continue;
    }
    const int size = corners->left.width;
    tile_corner(at, x, source, corners->left, row, tile);
    tile_run(at, x + size, right - size, source + std::size_t(size) * 3, nullptr);
    tile_corner(at, right - size, source + std::size_t(tile.width - size) * 3,
                corners->right, row, tile);
  }
}

void Canvas::sprite(const Sprite& sprite, int x, int y) {
  const Tile& picture = sprite.picture;
  const int left = x + sprite.cover.left;
  const int top = y + sprite.cover.top;
  const int last = std::min(top + picture.height, clip_.y + clip_.height);
  for (int at = std::max(top, clip_.y); at < last; ++at) {
    const int row = at - top;
    tile_run(at, left, left + picture.width,
             picture.pixels_HWC.data() + std::size_t(row) * picture.width * 3,
             sprite.cover.row(row));
  }
}

}  // namespace paperphone::render
