#include "rl/rollout/rewards.h"

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
  output.well_formed = false;
  EXPECT_EQ(action_reward(press_the_button(), output).total(), 0);
  output.action.reset();
  EXPECT_EQ(action_reward(press_the_button(), output).total(), 0);
}

TEST(TaskReward, RescalesFormatToMinusOneToOneAndAddsTheGoal) {
  EpisodeRun run;
  run.max_steps = 8;
  run.trajectory.steps.resize(4);
  run.trajectory.steps[0].well_formed = false;
  EXPECT_FLOAT_EQ(task_reward(run, {}).total(), 2 * 0.75f - 1);
  run.trajectory.success = true;
  EXPECT_FLOAT_EQ(task_reward(run, {}).total(), 1.5f);
  GrpoRecipe shaped;
  shaped.progress_weight = 0.5;
  shaped.length_weight = 0.2;
  run.progress = 1.0f;
  EXPECT_FLOAT_EQ(task_reward(run, shaped).total(), 1.5f + 0.5f + 0.2f * 0.5f);
  for (data::TrajectoryStep& step : run.trajectory.steps) step.well_formed = false;
  EXPECT_FLOAT_EQ(task_reward(run, {}).format, -1);
}

}  // namespace
}  // namespace paperphone::rl
