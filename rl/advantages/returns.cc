#include "rl/advantages/returns.h"

#include <cstddef>

#include "env/base/check.h"

namespace paperphone::rl {

std::vector<float> discounted_returns(std::span<const float> rewards_T, double gamma,
                                      std::span<const float> mask_T) {
  if (!mask_T.empty()) CHECK_EQ(mask_T.size(), rewards_T.size());
  std::vector<float> returns_T(rewards_T.size(), 0.0f);
  double running = 0;
  for (std::size_t t = rewards_T.size(); t-- > 0;) {
    if (!mask_T.empty() && mask_T[t] == 0) continue;
    running = rewards_T[t] + gamma * running;
    returns_T[t] = float(running);
  }
  return returns_T;
}

}  // namespace paperphone::rl
