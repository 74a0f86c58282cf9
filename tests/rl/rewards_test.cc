#include "rl/stages/rewards.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

Advice press_the_button() {
  Advice advice;
  advice.actions.push_back({Click{{50, 50}}, Rect{40, 40, 20, 20}, "app.button"});
  return advice;
}

TEST(ActionReward, IsActionPlusFormat) {
  agent::PolicyOutput output;
  output.action = Click{{59, 41}};
  EXPECT_EQ(action_reward(press_the_button(), output).total(), 2);
  output.action = Click{{60, 41}};  // the box is half-open
  EXPECT_EQ(action_reward(press_the_button(), output).total(), 1);
  output.action = Click{{50, 50}};
  output.in_bounds = false;
  EXPECT_EQ(action_reward(press_the_button(), output).total(), 1);
  output.in_bounds = true;
  output.action = Click{{60, 41}};
  output.well_formed = false;
  EXPECT_EQ(action_reward(press_the_button(), output).total(), 0);
  output.action.reset();
  EXPECT_EQ(action_reward(press_the_button(), output).total(), 0);
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
