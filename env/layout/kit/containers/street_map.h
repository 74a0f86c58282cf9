// A city that can be looked at from near and far: streets with their names, blocks,
// parks, a river. All in integers and made of rectangles and outlines, so that drawing
// it aside costs no picture.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "env/layout/painter.h"
#include "env/sim/map_view.h"

namespace paperphone::layout {

struct City {
  std::uint64_t seed = 0;
  std::span<const std::string> streets;  // what they are called
};

// Thousandths of the whole map to dp, where `rect` shows this view of it.
struct MapScale {
  Rect rect;
  sim::MapView view;
  Point whole() const { return {rect.width << view.zoom, rect.height << view.zoom}; }
  Point at(std::int64_t x, std::int64_t y) const;
};

// REQUIRES: the painter's clip lies within the rectangle.
void paint_city(Painter& painter, const City& city, const MapScale& scale);

}  // namespace paperphone::layout
