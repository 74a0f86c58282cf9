#include "rl/advantages/gae.h"

#include <cstddef>

#include "env/base/check.h"

namespace paperphone::rl {
namespace {

// `is_step(t)` is false at places that are left out.
template <class IsStep>
Gae backwards(std::span<const float> rewards_T, std::span<const float> values_T,
              double next_value, const GaeConfig& config, IsStep is_step) {
  CHECK_EQ(values_T.size(), rewards_T.size());
  Gae out{std::vector<float>(rewards_T.size(), 0.0f),
          std::vector<float>(rewards_T.size(), 0.0f)};
  double advantage = 0;
  for (std::size_t t = rewards_T.size(); t-- > 0;) {
    if (!is_step(t)) continue;
    const double delta = rewards_T[t] + config.gamma * next_value - values_T[t];
    advantage = delta + config.gamma * config.lambda * advantage;
    next_value = values_T[t];
    out.advantages_T[t] = float(advantage);
    out.returns_T[t] = float(advantage + values_T[t]);
  }
  return out;
}

}  // namespace

Gae token_gae(std::span<const float> rewards_T, std::span<const float> values_T,
              std::span<const float> mask_T, const GaeConfig& config) {
  CHECK_EQ(mask_T.size(), rewards_T.size());
  return backwards(rewards_T, values_T, 0, config,
                   [&](std::size_t t) { return mask_T[t] != 0; });
}

Gae turn_gae(std::span<const float> rewards_T, std::span<const float> values_T,
             double last_value, const GaeConfig& config) {
  return backwards(rewards_T, values_T, last_value, config,
                   [](std::size_t) { return true; });
}

}  // namespace paperphone::rl
