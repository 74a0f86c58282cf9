// How much of the returns a critic explains: a metric, nothing learns from it.
#pragma once

#include <span>

namespace paperphone::rl {

//   1 - Var(G - V) / Var(G)
// 1: a perfect critic; 0: no better than a constant; below 0: worse than that. What is
// added to all values alike changes nothing.
//
// returns_N, values_N  [N] of the turns or tokens of one update, in the reward's unit
// Returns              dimensionless; 0 if the returns are all equal or there are none
// REQUIRES: both are equally long.
// Source: OpenAI baselines, baselines/common/math_util.py (explained_variance).
double explained_variance(std::span<const float> returns_N,
                          std::span<const float> values_N);

}  // namespace paperphone::rl
