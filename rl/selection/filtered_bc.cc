#include "rl/selection/filtered_bc.h"

#include <algorithm>
#include <cstddef>

#include "env/base/check.h"

namespace paperphone::rl {

double quantile(std::span<const float> values_N, double q) {
  CHECK_TRUE(!values_N.empty() && q >= 0 && q <= 1);
  std::vector<float> sorted(values_N.begin(), values_N.end());
  std::ranges::sort(sorted);
  const double place = q * double(sorted.size() - 1);
  const auto below = std::size_t(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] +
         (place - double(below)) * (double(sorted[above]) - sorted[below]);
}

std::vector<int> best_trajectories(std::span<const float> rewards_N, double share) {
  if (rewards_N.empty()) return {};
  return accepted_trajectories(rewards_N, quantile(rewards_N, 1 - share));
}

std::vector<int> accepted_trajectories(std::span<const float> rewards_N, double least) {
  std::vector<int> accepted;
  for (std::size_t n = 0; n < rewards_N.size(); ++n)
    if (rewards_N[n] >= least) accepted.push_back(int(n));
  return accepted;
}

}  // namespace paperphone::rl
