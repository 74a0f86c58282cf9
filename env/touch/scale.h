// Pixels per dp, as a ratio: 3/2 for 540x1200.
#pragma once

#include "env/types.h"

namespace paperphone::touch {

struct Scale {
  int numerator = 1;
  int denominator = 1;
  int to_px(int dp) const { return dp * numerator / denominator; }
  int to_dp(int px) const { return px * denominator / numerator; }
  // Edge by edge, so that boxes that touch still do.
  Rect to_px(const Rect& dp) const {
    const int x = to_px(dp.x), y = to_px(dp.y);
    return {x, y, to_px(dp.x + dp.width) - x, to_px(dp.y + dp.height) - y};
  }
};

}  // namespace paperphone::touch
