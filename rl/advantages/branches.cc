#include "rl/advantages/branches.h"

#include <cstddef>

#include "env/base/check.h"
#include "rl/losses/advantage.h"

namespace paperphone::rl {

double state_value(std::span<const float> returns_K) {
  CHECK_TRUE(!returns_K.empty());
  double sum = 0;
  for (float value : returns_K) sum += value;
  return sum / double(returns_K.size());
}

std::vector<float> branch_advantages(std::span<const float> returns_K) {
  return group_advantages(returns_K, AdvantageKind::kDrGrpo);
}

std::vector<float> forked_turn_advantages(std::span<const float> rewards_T,
                                          std::span<const float> values_S,
                                          double gamma) {
  CHECK_EQ(values_S.size(), rewards_T.size() + 1);
  std::vector<float> advantages_T;
  for (std::size_t t = 0; t < rewards_T.size(); ++t)
    advantages_T.push_back(
        float(double(rewards_T[t]) + gamma * values_S[t + 1] - values_S[t]));
  return advantages_T;
}

}  // namespace paperphone::rl
