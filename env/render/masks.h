// Coverage of round corners, rings and soft shadows, counted in integers.
#pragma once

#include "env/render/canvas.h"

namespace paperphone::render {

// Top left corner of a rounded box: radius x radius pixels. REQUIRES: radius >= 1.
Mask corner_mask(int radius);

// Top left corner of a border of `thickness` with outer radius `radius` (0: square).
// Its side is the larger of the two.
Mask ring_mask(int radius, int thickness);

// Soft shadow of a width x height box with round corners: (width + 2 * blur) x
// (height + 2 * blur) pixels, left = top = -blur.
Mask shadow_mask(int width, int height, int radius, int blur);

// The smallest box whose shadow, stretched at its centre, is that of a longer side.
inline int shadow_core(int side, int radius, int blur) {
  const int core = 2 * (radius + 2 * blur) + 1;
  return side < core ? side : core;
}

// The union of contours that run the same way round, `width` x `height` pixels; points
// in 1/16 pixel.
Mask polygon_mask(const std::vector<std::vector<Point>>& contours, int width,
                  int height);

}  // namespace paperphone::render
