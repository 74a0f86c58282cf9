// Grey shapes where rows will be.
#pragma once

#include <string_view>

#include "env/layout/kit/paint.h"

namespace paperphone::layout {

// style: one of those of the component. Returns the height used.
int skeleton_lines(const Paint& w, std::string_view style, int lines);

}  // namespace paperphone::layout
