#include "rl/rewards/potential.h"

#include <cstddef>

#include "env/base/check.h"

namespace paperphone::rl {

std::vector<float> potential_rewards(std::span<const int> distances_S, LastState last,
                                     const PotentialConfig& config) {
  CHECK_TRUE(!distances_S.empty());
  const std::size_t turns = distances_S.size() - 1;
  const auto potential = [&](std::size_t s) {
    if (s == turns && last == LastState::kTerminal) return 0.0;
    return -double(distances_S[s] < 0 ? config.unknown_distance : distances_S[s]);
  };
  std::vector<float> rewards_T;
  for (std::size_t t = 0; t < turns; ++t)
    rewards_T.push_back(
        float(config.weight * (config.gamma * potential(t + 1) - potential(t))));
  return rewards_T;
}

}  // namespace paperphone::rl
