// Draws an action onto a screenshot: a ring where it taps, a line where it swipes, a
// bar at the top edge for everything without a point.
#pragma once

#include <cstdint>
#include <vector>

#include "env/types.h"

namespace paperphone::tools {

// A copy of the picture with the action on it.
std::vector<std::uint8_t> with_action(const ImageView& screen, const Action& action);

}  // namespace paperphone::tools
