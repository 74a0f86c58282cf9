// Generalised advantage estimation, over tokens with observations in between or over
// turns. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

struct GaeConfig {
  double gamma = 1.0;   // discount a step, in [0, 1]
  double lambda = 1.0;  // 0: one-step differences, 1: return against value
};

struct Gae {
  std::vector<float>
      advantages_T;  // not whitened (rl/advantages/whiten.h); 0 if masked
  std::vector<float>
      returns_T;  // advantage + value: what the value learns; 0 if masked
};

// Backwards from V_T = A_T = 0, masked places left out as if they were not there:
//   delta_t = r_t + gamma V_next - V_t
//   A_t = delta_t + gamma lambda A_next
//
// rewards_T  [T] of the tokens of ONE trajectory
// values_T   [T] the critic's estimate at each, in the reward's unit
// mask_T     [T] 1: written by the policy, 0: an observation's token, padding
// REQUIRES: all three are equally long.
// Source: Schulman et al., arXiv:1506.02438; verl, verl/trainer/ppo/core_algos.py
// (compute_gae_advantage_return).
Gae token_gae(std::span<const float> rewards_T, std::span<const float> values_T,
              std::span<const float> mask_T, const GaeConfig& config);

// The same over environment steps, one value and one advantage a turn; all tokens of a
// turn share it, so that a long response is no long way.
//
// rewards_T   [T] of the turns of ONE trajectory
// values_T    [T] of the states before them
// last_value  of the state behind the last turn: 0 if the episode terminated, the
//             critic's estimate if it was truncated
// REQUIRES: rewards_T and values_T are equally long.
// Source: VL-DAC, a2c_ppo_acktr/storage.py (compute_returns); gamma 0.99, lambda 0.95
// there, advantages whitened over the batch.
Gae turn_gae(std::span<const float> rewards_T, std::span<const float> values_T,
             double last_value, const GaeConfig& config);

}  // namespace paperphone::rl
