// Which parts of the screen two lists of shapes may differ in.
#pragma once

#include <span>
#include <vector>

#include "env/layout/frame.h"

namespace paperphone::render {

// A shape and where on the screen it may leave a trace, in pixels.
struct Placed {
  const layout::Draw* draw = nullptr;
  Rect bounds;  // empty: it cannot be seen
  Rect opaque = {};  // within it nothing below can be seen
};

// Rectangles outside of which both lists give the same pixels: those of all shapes that
// are in one list alone. Shapes that are in both, in the same order, change nothing.
// At most kMaxDamaged, together no larger than needed by half; none: nothing differs.
inline constexpr std::size_t kMaxDamaged = 6;
std::vector<Rect> damage(std::span<const Placed> before, std::span<const Placed> after);

}  // namespace paperphone::render
