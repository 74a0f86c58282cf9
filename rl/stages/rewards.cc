#include "rl/stages/rewards.h"

#include <algorithm>

namespace paperphone::rl {

ActionReward action_reward(const agent::PolicyOutput& output, bool acceptable) {
  ActionReward reward;
  reward.format = output.well_formed ? 1.0f : 0.0f;
  if (output.action && output.in_bounds && acceptable) reward.action = 1.0f;
  return reward;
}

namespace {

float format_of(const data::Trajectory& trajectory) {
  float well_formed = 0;
  for (const data::TrajectoryStep& step : trajectory.steps)
    well_formed += step.well_formed ? 1.0f : 0.0f;
  const auto turns = float(trajectory.steps.size());
  return 2 * (turns > 0 ? well_formed / turns : 0.0f) - 1;
}

// Where the last decision was made; a success has covered all of it. 0 if the expert knew
// no distance at the start.
float covered(const data::Trajectory& trajectory) {
  if (trajectory.success) return 1;
  if (trajectory.steps.empty()) return 0;
  const int first = trajectory.steps.front().expert_distance,
            last = trajectory.steps.back().expert_distance;
  if (first <= 0 || last < 0) return 0;
  return std::clamp(float(first - last) / float(first), 0.0f, 1.0f);
}

}  // namespace

TaskReward task_reward(const Rollout& rollout, const GrpoRecipe& recipe) {
  TaskReward reward;
  const data::Trajectory& trajectory = rollout.trajectory;
  if (recipe.format_reward == FormatReward::kSum) reward.format = format_of(trajectory);
  reward.goal = trajectory.success ? 1.0f : 0.0f;
  reward.progress = float(recipe.progress_weight) * rollout.progress;
  if (trajectory.success && rollout.max_turns > 0)
    reward.length = float(recipe.length_weight) *
                    (1 - float(trajectory.steps.size()) / float(rollout.max_turns));
  if (recipe.distance_weight > 0)
    reward.distance = float(recipe.distance_weight) * covered(trajectory);
  if (trajectory.end_reason == EndReason::kSideEffect)
    reward.side_effect = -float(recipe.side_effect_penalty);
  if (trajectory.end_reason == EndReason::kFalseComplete)
    reward.false_completion = -float(recipe.false_completion_penalty);
  return reward;
}

}  // namespace paperphone::rl
