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
}

}  // namespace
}  // namespace paperphone::rl
