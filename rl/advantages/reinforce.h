// REINFORCE++: returns-to-go or group-centred rewards, whitened over the whole batch
// instead of each group. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

// REINFORCE++:  A = whiten(G) over all unmasked places of the batch, with
//   G_t = r_t + gamma G_{t+1}  (rl/advantages/returns.h)
//
// rewards_NT  N trajectories, each with the rewards of its turns or tokens
// gamma       discount a step, in [0, 1]; 1 in the paper
// masks_NT    as rewards_NT, 1: written by the policy; empty: all ones
// Returns     as rewards_NT, dimensionless; 0 where masked, all zeros if all returns
// are
//             equal
// REQUIRES: masks_NT is empty or has the shape of rewards_NT.
// Source: arXiv:2501.03262; verl, verl/trainer/ppo/core_algos.py
// (compute_reinforce_plus_plus_outcome_advantage).
std::vector<std::vector<float>> reinforce_advantages(
    std::span<const std::vector<float>> rewards_NT, double gamma,
    std::span<const std::vector<float>> masks_NT = {});

// REINFORCE++-baseline:  A = whiten(r - mean of r's group) over the batch, in which a
// trajectory counts as often as it has tokens.
//
// rewards_by_group  groups, each with the final rewards of its trajectories
// tokens_by_group   the same shape: tokens that the policy wrote; empty: all alike
// Returns           as rewards_by_group, dimensionless; a group of one gets its reward
//                   against itself, 0 before whitening
// REQUIRES: tokens_by_group is empty or has the shape of rewards_by_group.
// Source: arXiv:2501.03262; verl, verl/trainer/ppo/core_algos.py
// (compute_reinforce_plus_plus_baseline_outcome_advantage).
std::vector<std::vector<float>> reinforce_baseline_advantages(
    std::span<const std::vector<float>> rewards_by_group,
    std::span<const std::vector<float>> tokens_by_group = {});

}  // namespace paperphone::rl
