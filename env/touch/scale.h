// Pixels per dp, as a ratio: 3/2 for 540x1200.
#pragma once

namespace paperphone::touch {

struct Scale {
  int numerator = 1;
  int denominator = 1;
  int to_px(int dp) const { return dp * numerator / denominator; }
  int to_dp(int px) const { return px * denominator / numerator; }
};

}  // namespace paperphone::touch
