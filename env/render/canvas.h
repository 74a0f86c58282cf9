// The integer compositor: blends masks, tiles and colours into RGB bytes. No Qt, no
// floating point, so the same calls give the same bytes on every CPU and thread.
// All coordinates are pixels.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "env/render/blend.h"
#include "env/types.h"

namespace paperphone::render {

// Coverage, 0..255. (left, top) is where its first pixel lies relative to the point it
// is drawn at: a glyph's to the pen on the baseline. A byte a pixel, each row padded with
// zeros to whole blocks.
class Mask {
 public:
  Mask() = default;
  // REQUIRES: coverage has width * height bytes, row-major.
  Mask(int left, int top, int width, int height,
       const std::vector<std::uint8_t>& coverage);

  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  const std::uint8_t* row(int y) const {
    return cover_.data() + std::size_t(y) * stride_;
  }
  std::ptrdiff_t stride() const { return stride_; }  // a multiple of kBlendPixels
  std::uint8_t at(int x, int y) const { return row(y)[x]; }
  Mask mirrored() const;  // left and right changed
  // Asks for the first lines of the cache; the others come by themselves.
  void prefetch() const {
    constexpr std::size_t kLine = 64, kLines = 4;
    for (std::size_t at = 0; at < std::min(cover_.size(), kLines * kLine); at += kLine)
      __builtin_prefetch(cover_.data() + at);
  }

 private:
  int stride_ = 0;
  std::vector<std::uint8_t> cover_;
};

// The top corners of a box; its bottom ones are the same upside down.
struct Corners {
  explicit Corners(Mask top_left) : left(std::move(top_left)), right(left.mirrored()) {}
  Mask left;
  Mask right;
};

// An opaque picture.
struct Tile {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels_HWC;
};

// A picture with an outline of its own, in pixels of `cover`, which says where it lies.
struct Sprite {
  Tile picture;
  Mask cover;
};

Rect intersect(const Rect& a, const Rect& b);

class Canvas {
 public:
  // REQUIRES: pixels_HWC.size() == height * width * 3.
  Canvas(std::span<std::uint8_t> pixels_HWC, int width, int height);

  // Nothing outside of it changes from now on. (What is there may be written back: two
  // threads cannot draw into parts of one buffer.)
  void set_limit(const Rect& limit);
  // Everything below stays inside; cut to the limit.
  void set_clip(const Rect& clip) { clip_ = intersect(clip, limit_); }
  bool clipped_away(const Rect& area) const { return intersect(area, clip_).empty(); }

  // nullptr: square corners; else of masks.h: corner_mask. Colours run from `top` to
  // `bottom`. REQUIRES: the corners fit into the area.
  void fill(const Rect& area, const Corners* corners, Color top, Color bottom);
  // The border of `area`, `thickness` inwards; the corners are of ring_mask.
  void outline(const Rect& area, const Corners& ring, int thickness, Color color);
  // `mask` is a shadow of a smaller box (masks.h), stretched at its centre to `area`.
  // Pixels inside `hole` are left out: what covers them comes next.
  void shadow(const Rect& area, const Mask& mask, const Rect& hole, Color color);
  void mask(const Mask& mask, int x, int y, const Ink& ink);
  void tile(const Tile& tile, int x, int y, const Corners* corners);
  void sprite(const Sprite& sprite, int x, int y);

 private:
  std::uint8_t* pixel(int x, int y) {
    return pixels_.data() + (std::size_t(y) * width_ + x) * 3;
  }
  std::ptrdiff_t stride() const { return std::ptrdiff_t(width_) * 3; }
  // Rows [y, end_y) of one colour, already known to lie in the clip's rows; cut in x.
  void solid_rows(int y, int end_y, int x, int end, Color color);
  // One run of such a row.
  void solid_run(int y, int x, int end, Color color) {
    solid_rows(y, y + 1, x, end, color);
  }
  // The mask's rows [first, end) with row 0 at y, or the last row if it is upside down.
  void mask_rows(const Mask& mask, int x, int y, int first, int end, bool upside_down,
                 const Ink& ink);
  // cover_at_x points at the coverage of pixel x.
  void mask_run(int y, int x, int end, const std::uint8_t* cover_at_x, const Ink& ink);
  void tile_run(int y, int x, int end, const std::uint8_t* source,
                const std::uint8_t* cover_at_x);
  // A corner's row, its first pixel at (x, y); `source` points into the tile.
  void tile_corner(int y, int x, const std::uint8_t* source, const Mask& mask, int row,
                   const Tile& tile);

  std::span<std::uint8_t> pixels_;
  int width_;
  int height_;
  Rect limit_;
  Rect clip_;
};

}  // namespace paperphone::render
