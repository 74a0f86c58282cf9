#include "tools/eval_report.h"

#include <gtest/gtest.h>

namespace paperphone::tools {

using data::Trajectory;

namespace {

Trajectory episode(const std::string& task, bool success, int steps, int malformed) {
  Trajectory trajectory;
  trajectory.task_id = task;
  trajectory.app_id = task.substr(0, task.find('/'));
  trajectory.split = "test";
  trajectory.success = success;
  trajectory.end_reason = success ? EndReason::kGoalReached : EndReason::kStepLimit;
  trajectory.steps.resize(std::size_t(steps));
  for (int i = 0; i < malformed; ++i)
    trajectory.steps[std::size_t(i)].well_formed = false;
  return trajectory;
}

TEST(EvalReport, CountsByAppSplitTaskAndEnd) {
  EvalReport report("someone");
  report.add(episode("shop/pay", true, 4, 0), 1.0f);
  report.add(episode("shop/pay", false, 10, 5), 0.5f);
  report.add(episode("settings/wifi", true, 6, 0), 1.0f);
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
  EXPECT_NEAR(json["progress"].get<double>(), 2.5 / 3.0, 1e-6);
  EXPECT_EQ(json["ends"]["goal_reached"], 2);
  EXPECT_EQ(json["ends"]["step_limit"], 1);
}

TEST(EvalReport, WhatRandomActionsHaveDecidedIsCountedApart) {
  EvalReport report("someone");
  report.add(episode("shop/pay", true, 4, 0), 1.0f);
  report.leave_out("shop/pay", /*done=*/true);
  report.leave_out("shop/star", /*done=*/false);
  report.count_disturbed();
  const auto json = report.to_json();
  EXPECT_EQ(json["episodes"], 1);
  EXPECT_EQ(json["success_rate"], 1.0);
  EXPECT_EQ(json["left_out"]["done"]["shop/pay"], 1);
  EXPECT_EQ(json["left_out"]["impossible"]["shop/star"], 1);
  EXPECT_EQ(json["disturbed"], 1);
}

TEST(EvalReport, OfNoEpisodesIsAllZeros) {
  const auto json = EvalReport("nobody").to_json();
  EXPECT_EQ(json["episodes"], 0);
  EXPECT_EQ(json["success_rate"], 0.0);
  EXPECT_EQ(json["mean_steps"], 0.0);
  EXPECT_TRUE(json["by_app"].is_object());
}

}  // namespace
}  // namespace paperphone::tools
