// The wheels of date_picker and time_picker.
#pragma once

#include <string>

#include "env/layout/kit/paint.h"

namespace paperphone::layout {

inline constexpr int kEntry = 40;   // dp: one entry of a wheel
inline constexpr int kEntries = 5;  // seen at once

// entries[2] is the one that is chosen.
void paint_wheel(const Paint& w, int number, Rect column,
                 const std::string (&entries)[kEntries]);

}  // namespace paperphone::layout
