#include "rl/selection/digirl.h"

#include <algorithm>
#include <cstddef>

#include "env/base/check.h"
#include "rl/selection/filtered_bc.h"

namespace paperphone::rl {

double digirl_advantage(const CriticTurn& turn, double margin) {
  const double advantage =
      turn.next_value - turn.value - margin + turn.reward + turn.mc_return;
  return std::clamp(advantage, 0.0, 1.0);
}

std::vector<float> positive_turns(std::span<const CriticTurn> turns_N, double margin) {
  std::vector<float> weights_N;
  for (const CriticTurn& turn : turns_N)
    weights_N.push_back(digirl_advantage(turn, margin) > 0 ? 1.0f : 0.0f);
  return weights_N;
}

std::vector<int> surprising_trajectories(std::span<const float> rewards_N,
                                         std::span<const float> values_N,
                                         double share) {
  CHECK_EQ(values_N.size(), rewards_N.size());
  std::vector<float> surprises_N;
  for (std::size_t n = 0; n < rewards_N.size(); ++n)
    surprises_N.push_back(rewards_N[n] - std::clamp(values_N[n], 1e-4f, 1 - 1e-4f));
  return best_trajectories(surprises_N, share);
}

}  // namespace paperphone::rl
