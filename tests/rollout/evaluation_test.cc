#include "rl/rollout/evaluation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/phone_data.h"

namespace paperphone::rl {

using agent::make_expert_policy;
using data::Trajectory;

namespace {

Rollout rollout(const std::string& task, bool success, int steps, int malformed,
                float progress) {
  Rollout out;
  Trajectory& trajectory = out.trajectory;
  trajectory.task_id = task;
  trajectory.app_id = app_of_task(task);
  trajectory.split = "test";
  trajectory.success = success;
  trajectory.end_reason = success ? EndReason::kGoalReached : EndReason::kStepLimit;
  trajectory.steps.resize(std::size_t(steps));
  for (int i = 0; i < malformed; ++i)
    trajectory.steps[std::size_t(i)].well_formed = false;
  out.progress = progress;
  return out;
}

TEST(EvalReport, CountsByAppSplitTaskAndEnd) {
  EvalReport report("someone");
  report.add(rollout("shop/pay", true, 4, 0, 1.0f));
  report.add(rollout("shop/pay", false, 10, 5, 0.5f));
  report.add(rollout("settings/wifi", true, 6, 0, 1.0f));
  const auto json = report.to_json();
  EXPECT_EQ(json["policy"], "someone");
  EXPECT_EQ(json["episodes"], 3);
  EXPECT_DOUBLE_EQ(json["success_rate"], 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(json["by_app"]["shop"]["success_rate"], 0.5);
  EXPECT_EQ(json["by_app"]["settings"]["episodes"], 1);
  EXPECT_DOUBLE_EQ(json["by_split"]["test"]["success_rate"], 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(json["by_task"]["shop/pay"]["mean_steps"], 7.0);
  EXPECT_DOUBLE_EQ(json["format_error_rate"], 0.25);
  EXPECT_NEAR(json["mean_steps"].get<double>(), 20.0 / 3.0, 1e-12);
  EXPECT_DOUBLE_EQ(json["mean_success_steps"], 5.0);
  EXPECT_NEAR(json["progress"].get<double>(), 2.5 / 3.0, 1e-6);
  EXPECT_EQ(json["ends"]["goal_reached"], 2);
  EXPECT_EQ(json["ends"]["step_limit"], 1);
  EXPECT_DOUBLE_EQ(report.success_rate(), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(report.format_error_rate(), 0.25);
}

TEST(EvalReport, CountsTurnsThatPointedOffTheScreen) {
  EvalReport report("someone");
  Rollout one = rollout("shop/pay", false, 4, 0, 0);
  one.trajectory.steps[1].outcome = ActionOutcome::kOutOfBounds;
  report.add(one);
  EXPECT_DOUBLE_EQ(report.to_json()["out_of_bounds_rate"], 0.25);
  EXPECT_NE(report.to_text().find("turns out of bounds"), std::string::npos);
}

TEST(EvalReport, WhatRandomActionsHaveDecidedIsCountedApart) {
  EvalReport report("someone");
  report.add(rollout("shop/pay", true, 4, 0, 1.0f));
  report.leave_out(rollout("shop/pay", false, 0, 0, 0), RandomStartEffect::kSolved);
  report.leave_out(rollout("shop/star", false, 0, 0, 0),
                   RandomStartEffect::kImpossible);
  report.count_disturbed();
  const auto json = report.to_json();
  EXPECT_EQ(json["episodes"], 1);
  EXPECT_EQ(json["success_rate"], 1.0);
  EXPECT_EQ(json["left_out"]["solved"]["shop/pay"], 1);
  EXPECT_EQ(json["left_out"]["impossible"]["shop/star"], 1);
  EXPECT_EQ(json["disturbed"], 1);
}

TEST(EvalReport, OfNoEpisodesIsAllZeros) {
  const auto json = EvalReport("nobody").to_json();
  EXPECT_EQ(json["episodes"], 0);
  EXPECT_EQ(json["success_rate"], 0.0);
  EXPECT_EQ(json["mean_steps"], 0.0);
  EXPECT_EQ(json["mean_success_steps"], 0.0);
  EXPECT_TRUE(json["by_app"].is_object());
}

TEST(Evaluation, OfTheExpertFindsThatItSucceeds) {
  const Phones phones(testing::without_pixels(), {});
  RolloutRunner runner(phones, {.pixels = false});
  const auto expert = make_expert_policy();
  std::vector<int> finished;
  const auto json =
      evaluate(runner, make_jobs(phones.apps(), {.split = "test"}, 3, 6), *expert,
               {.on_progress = [&](int count) { finished.push_back(count); }})
          .to_json();
  EXPECT_EQ(json["policy"], "expert");
  EXPECT_EQ(json["success_rate"], 1.0);
  EXPECT_EQ(json["by_split"]["test"]["episodes"], 6);
  EXPECT_EQ(finished, (std::vector<int>{1, 2, 3, 4, 5, 6}));
}

}  // namespace
}  // namespace paperphone::rl
