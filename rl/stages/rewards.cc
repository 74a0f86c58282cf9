#include "rl/stages/rewards.h"

namespace paperphone::rl {

ActionReward action_reward(const agent::PolicyOutput& output, bool acceptable) {
  ActionReward reward;
  reward.format = output.well_formed ? 1.0f : 0.0f;
  if (output.action && output.in_bounds && acceptable) reward.action = 1.0f;
  return reward;
}

TaskReward task_reward(const Rollout& rollout, const GrpoRecipe& recipe) {
  TaskReward reward;
  const auto& steps = rollout.trajectory.steps;
  float well_formed = 0;
  for (const data::TrajectoryStep& step : steps) well_formed += step.well_formed ? 1.0f : 0.0f;
  const float share = steps.empty() ? 0.0f : well_formed / float(steps.size());
  reward.format = 2 * share - 1;
  reward.goal = rollout.trajectory.success ? 1.0f : 0.0f;
  reward.progress = float(recipe.progress_weight) * rollout.progress;
  if (rollout.trajectory.success && rollout.max_turns > 0)
    reward.length = float(recipe.length_weight) *
                    (1 - float(steps.size()) / float(rollout.max_turns));
  return reward;
}

}  // namespace paperphone::rl
