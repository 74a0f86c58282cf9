// Which own trajectories are worth imitating. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

// The value below which a share q of the values lies, interpolated between neighbours
// (numpy.quantile's default).
// REQUIRES: values_N is not empty, 0 <= q <= 1.
double quantile(std::span<const float> values_N, double q);

// Filtered behaviour cloning: indices of the trajectories whose reward is at or above
// the 1 - share quantile, in order. Where many are equal there, all of them.
//
// rewards_N  [N] final rewards
// share      in (0, 1]; 0.1 at the source
// Returns    none if there are no trajectories
// Source: DigiRL, arXiv:2406.11896; digirl/algorithms/offpolicy_train_loop.py
// (filterbc_buffer).
std::vector<int> best_trajectories(std::span<const float> rewards_N, double share);

// Rejection sampling (RFT, STaR): indices of the trajectories whose reward is at least
// `least`, in order.
// Source: arXiv:2308.01825 (RFT).
std::vector<int> accepted_trajectories(std::span<const float> rewards_N, double least);

}  // namespace paperphone::rl
