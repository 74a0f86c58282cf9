// Breaking text into lines: Chinese anywhere but before closing punctuation, Latin
// words whole; the last line that fits ends in an ellipsis.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "env/layout/font_metrics.h"

namespace paperphone::layout {

// At most max_lines lines (0: as many as needed) of at most `width` dp.
std::vector<std::string> break_lines(std::string_view text, const FontMetrics& font,
                                     int size, int width, int max_lines);

}  // namespace paperphone::layout
