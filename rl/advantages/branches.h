// Continuations forked at one state: their mean return is the value of that state, with
// no critic to learn. A phone's snapshot makes them cheap. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

// returns_K  [K] returns of the continuations from one state, sampled by the policy
// Returns    their mean, in the reward's unit: unbiased, with the variance of one
//            return divided by K
// REQUIRES: K >= 1.
// Source: VinePPO, arXiv:2410.01679.
double state_value(std::span<const float> returns_K);

// What the first turn of each continuation adds to the value of the fork:
//   A_k = G_k - mean of all G
//
// Returns  [K] in the reward's unit; zeros if all are equal or K is 1
// Source: Tree-GRPO, arXiv:2509.21240 (comparison within a tree), without its
// deviation.
std::vector<float> branch_advantages(std::span<const float> returns_K);

// Of the turns of a trajectory at whose every state continuations were forked:
//   A_t = r_t + gamma V(s_{t+1}) - V(s_t)
//
// rewards_T  [T] of its turns
// values_S   [T + 1] state_value() of the states before them, and of the last; 0 there
//            if the episode terminated
// gamma      discount a turn, in [0, 1]
// REQUIRES: values_S is one longer than rewards_T.
// Source: VinePPO, arXiv:2410.01679.
std::vector<float> forked_turn_advantages(std::span<const float> rewards_T,
                                          std::span<const float> values_S,
                                          double gamma);

}  // namespace paperphone::rl
