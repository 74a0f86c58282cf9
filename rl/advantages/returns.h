// Rewards -> returns. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

//   G_t = r_t + gamma G_{t+1}, backwards from G_T = 0
// A masked place (an observation's token, padding) is no step: the return goes through
// it unchanged, undiscounted and without its reward.
//
// rewards_T  [T] of the turns or tokens of ONE trajectory
// gamma      discount a step, in [0, 1]
// mask_T     [T] 1: written by the policy, 0: not; empty: all ones
// Returns    [T] in the reward's unit; 0 where masked
// REQUIRES: mask_T is empty or as long as rewards_T.
// Source: verl, verl/trainer/ppo/core_algos.py
// (compute_reinforce_plus_plus_outcome_advantage), as mended there: a mask of 0 does
// not reset the return.
std::vector<float> discounted_returns(std::span<const float> rewards_T, double gamma,
                                      std::span<const float> mask_T = {});

}  // namespace paperphone::rl
