// The expert's verdict on each turn, beside the trajectory's advantage. No torch: plain
// numbers.
#pragma once

#include <span>
#include <vector>

#include "rl/advantages/anchors.h"

namespace paperphone::rl {

// One group. G trajectories; each has its own number of turns.
struct VerdictGroup {
  std::span<const float> trajectory_advantages_G;  // of rl/losses/advantage.h
  std::span<const std::vector<float>>
      acceptable_GT;                                 // 1: the expert accepts it, else 0
  std::span<const std::vector<Hash128>> anchors_GT;  // where each turn began
};

//   A_t = A_traj + weight (acc_t - mean of acc at the same anchor in the group)
// The second term compares what was done with what else was done in the same situation,
// so it sums to zero at each anchor and is zero where nothing differs: a turn that
// nobody else took there, all right, all wrong.
//
// weight   in the unit of the advantages; 0 leaves the trajectory's alone
// Returns  the shape of acceptable_GT
// REQUIRES: the group's parts have the same shape.
// Source: GiGPO, arXiv:2505.10978 (comparison at anchors), with the action reward of
// Mobile-R1, arXiv:2506.20332, in the place of the step's return.
std::vector<std::vector<float>> verdict_advantages(const VerdictGroup& group,
                                                   double weight);

}  // namespace paperphone::rl
