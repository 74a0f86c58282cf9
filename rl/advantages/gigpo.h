// GiGPO: a group within the group. Turns that began at the same anchor are compared
// with each other, beside the comparison of whole trajectories. No torch: plain
// numbers.
#pragma once

#include <span>
#include <vector>

#include "rl/advantages/anchors.h"
#include "rl/losses/advantage.h"

namespace paperphone::rl {

struct GigpoConfig {
  double gamma = 0.95;  // discount a turn of the returns that turns are compared by
  double omega = 1.0;   // weight of the step advantage
  // Of both comparisons: kGrpo divides by the deviation, kDrGrpo does not.
  AdvantageKind kind = AdvantageKind::kGrpo;
};

struct GigpoAdvantages {
  std::vector<std::vector<float>> advantages_GT;  // A_E + omega A_S, by turn
  std::vector<float> episode_G;                   // A_E
  std::vector<std::vector<float>> step_GT;        // A_S
  AnchorCounts anchors;
};

//   A_E = group_advantages(sum of a trajectory's rewards)
//   A_S = group_advantages(returns G_t of the turns at one anchor),
//     G_t = r_t + gamma G_{t+1}; 0 for an anchor with a single member
//   A = A_E + omega A_S
//
// rewards_GT  the G trajectories of ONE group (one task, seed and snapshot), each with
//             the rewards of its turns
// anchors_GT  the same shape: where each turn began
// Returns     the same shape, dimensionless (kDrGrpo: in the reward's unit)
// REQUIRES: both have the same shape.
// Source: arXiv:2505.10978; verl-agent, gigpo/core_gigpo.py. A_E compares trajectories
// as the paper has it; there, rows are turns, so that long trajectories weigh more.
GigpoAdvantages gigpo_advantages(std::span<const std::vector<float>> rewards_GT,
                                 std::span<const std::vector<Hash128>> anchors_GT,
                                 const GigpoConfig& config);

}  // namespace paperphone::rl
