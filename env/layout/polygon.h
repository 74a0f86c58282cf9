// Filled outlines for what rectangles cannot say: slices, rings, lines of charts and
// routes. All in integers, so that they are the same on every machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "env/types.h"

namespace paperphone::layout {

// Points in 1/16 dp relative to the top left corner of the Draw's rectangle.
using Contour = std::vector<Point>;

inline constexpr int kPolygonUnit = 16;  // of a dp

// What a Draw keeps in `text`: "x,y x,y ...;x,y ..." and back. Contours all run the
// same way round; where they overlap they are one area.
std::string polygon_text(const std::vector<Contour>& contours);
std::vector<Contour> polygon_from_text(std::string_view text);

// A slice of a disc or, with inner > 0, of a ring. Angles in thousandths of a turn,
// clockwise from the top; lengths in 1/16 dp.
struct Sector {
  Point center;
  int inner = 0;
  int outer = 0;
  int from = 0;
  int to = 1000;
};
std::vector<Contour> sector(const Sector& sector);

// A line through the points, `thickness` wide, with round joints and ends.
std::vector<Contour> stroke(const std::vector<Point>& points, int thickness);

}  // namespace paperphone::layout
