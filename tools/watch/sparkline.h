// A curve in one line of a terminal.
#pragma once

#include <span>
#include <string>

namespace paperphone::tools {

// Block characters from the lowest value to the highest, at most `width` of them: each
// is the mean of as many values as share its place. Values that are all equal are a
// line at half height. REQUIRES: finite values, width > 0.
std::string sparkline(std::span<const double> values, int width);

}  // namespace paperphone::tools
