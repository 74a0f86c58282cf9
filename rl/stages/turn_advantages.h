// From the trajectories of one group and their rewards to an advantage for every turn.
#pragma once

#include <span>
#include <vector>

#include "rl/advantages/anchors.h"
#include "rl/recipe/recipe.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

struct TurnAdvantages {
  std::vector<std::vector<float>> advantages_GT;  // trajectory, turn
  AnchorCounts anchors;
};

// group      G trajectories from one snapshot, labelled where the recipe compares turns by
//            verdicts
// rewards_G  their rewards
// By recipe.turn_advantage: the trajectory's own (recipe.advantage), or with
// recipe.turn_weight times what its turns differ by from the group's others on the same page
// (TrajectoryStep::page_hash). With format_reward kGate a turn that is not well-formed is
// lowered by 0.5, whatever its trajectory is worth.
TurnAdvantages turn_advantages(std::span<const Rollout> group,
                               std::span<const float> rewards_G,
                               const GrpoRecipe& recipe);

}  // namespace paperphone::rl
