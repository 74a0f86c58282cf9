#include "rl/rollout/evaluation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace paperphone::rl {
namespace {

EpisodeRun run_of(const std::string& task, bool success, int steps, int errors) {
  EpisodeRun run;
  run.trajectory.task_id = task;
  run.trajectory.app_id = app_of_task(task);
  run.trajectory.split = "test";
  run.trajectory.success = success;
  run.trajectory.end_reason =
      success ? EndReason::kGoalReached : EndReason::kStepLimit;
  run.trajectory.steps.resize(std::size_t(steps));
  for (int i = 0; i < errors; ++i) run.trajectory.steps[std::size_t(i)].well_formed = false;
  return run;
}

TEST(Evaluation, CountsByAppAndSplit) {
  const std::vector<EpisodeRun> runs = {run_of("shop/buy", true, 4, 0),
                                        run_of("shop/find", false, 10, 5),
                                        run_of("settings/dark", false, 6, 0)};
  const auto json = to_json(summarize("stage1", runs));
  EXPECT_EQ(json["episodes"], 3);
  EXPECT_DOUBLE_EQ(json["success_rate"], 1.0 / 3);
  EXPECT_DOUBLE_EQ(json["by_app"]["shop"]["success_rate"], 0.5);
  EXPECT_EQ(json["by_app"]["settings"]["episodes"], 1);
  EXPECT_EQ(json["by_split"]["test"]["episodes"], 3);
  EXPECT_DOUBLE_EQ(json["format_error_rate"], 0.25);
  EXPECT_DOUBLE_EQ(json["mean_steps"], 20.0 / 3);
}

TEST(Evaluation, NoEpisodesGiveZeros) {
  const auto json = to_json(summarize("none", {}));
  EXPECT_EQ(json["episodes"], 0);
  EXPECT_EQ(json["success_rate"], 0);
}

}  // namespace
}  // namespace paperphone::rl
