#include "rl/stages/rewards.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

TEST(ActionReward, IsActionPlusFormatOrActionBehindFormat) {
  agent::PolicyOutput output;
  output.action = Click{{59, 41}};
  const auto totals = [&](bool acceptable) {
    const ActionReward reward = action_reward(output, acceptable);
    return std::pair(reward.total(FormatReward::kSum), reward.total(FormatReward::kGate));
  };
  EXPECT_EQ(totals(true), std::pair(2.0f, 1.0f));
  EXPECT_EQ(totals(false), std::pair(1.0f, 0.0f));
  output.in_bounds = false;
  EXPECT_EQ(totals(true), std::pair(1.0f, 0.0f));
  output.in_bounds = true;
  output.well_formed = false;
  EXPECT_EQ(totals(true), std::pair(1.0f, -0.5f));
  EXPECT_EQ(totals(false), std::pair(0.0f, -0.5f));
  output.action.reset();
  EXPECT_EQ(totals(true), std::pair(0.0f, -0.5f));
}

TEST(TaskReward, RescalesFormatToMinusOneToOneAndAddsTheGoal) {
  Rollout rollout;
  rollout.max_turns = 8;
  rollout.trajectory.steps.resize(4);
  rollout.trajectory.steps[0].well_formed = false;
  EXPECT_FLOAT_EQ(task_reward(rollout, {}).total(), 2 * 0.75f - 1);
  rollout.trajectory.success = true;
  EXPECT_FLOAT_EQ(task_reward(rollout, {}).total(), 1.5f);
  GrpoRecipe shaped;
  shaped.progress_weight = 0.5;
  shaped.length_weight = 0.2;
  rollout.progress = 1.0f;
  EXPECT_FLOAT_EQ(task_reward(rollout, shaped).total(), 1.5f + 0.5f + 0.2f * 0.5f);
  for (data::TrajectoryStep& step : rollout.trajectory.steps) step.well_formed = false;
  EXPECT_FLOAT_EQ(task_reward(rollout, {}).format, -1);
  GrpoRecipe gate;
  gate.format_reward = FormatReward::kGate;
  EXPECT_FLOAT_EQ(task_reward(rollout, gate).total(), 1);
}

TEST(TaskReward, TermsOfTheEndAndOfTheDistance) {
  Rollout rollout;
  rollout.trajectory.steps.resize(3);
  rollout.trajectory.steps[0].expert_distance = 8;
  rollout.trajectory.steps[2].expert_distance = 6;
  GrpoRecipe recipe;
  recipe.format_reward = FormatReward::kGate;
  recipe.distance_weight = 0.4;
  recipe.side_effect_penalty = 0.5;
  recipe.false_completion_penalty = 0.3;
  EXPECT_FLOAT_EQ(task_reward(rollout, recipe).total(), 0.4f * 2 / 8);
  rollout.trajectory.end_reason = EndReason::kFalseComplete;
  EXPECT_FLOAT_EQ(task_reward(rollout, recipe).total(), 0.1f - 0.3f);
  rollout.trajectory.end_reason = EndReason::kSideEffect;
  EXPECT_FLOAT_EQ(task_reward(rollout, recipe).total(), 0.1f - 0.5f);
  rollout.trajectory.steps[2].expert_distance = -1;  // spoilt
  EXPECT_FLOAT_EQ(task_reward(rollout, recipe).total(), -0.5f);
  rollout.trajectory.end_reason = EndReason::kGoalReached;
  rollout.trajectory.success = true;
  EXPECT_FLOAT_EQ(task_reward(rollout, recipe).total(), 1.4f);
}

}  // namespace
}  // namespace paperphone::rl
