#include "rl/rollout/random_start.h"

#include <gtest/gtest.h>

#include "env/app/spec.h"
#include "tests/phone_data.h"

namespace paperphone::rl {

using agent::make_expert_policy;
using app::TaskSpec;

namespace {

TEST(RandomStart, TheTaskIsSetAnewWithAllItsSteps) {
  const Phones phones(testing::without_pixels(), {});
  const auto jobs = make_jobs(phones.apps(), {}, 5, 40);
  const auto expert = make_expert_policy();
  RandomStarts starts(30, jobs.size());
  RolloutOptions options;
  starts.add_to(options);
  RolloutRunner runner(phones, {.num_rows = 4, .pixels = false});
  int disturbed = 0, reached = 0, posed = 0;
  runner.run(jobs, *expert, options, [&](Rollout&& rollout) {
    disturbed += starts.changed_data(rollout);
    EXPECT_TRUE(!rollout.skipped || starts.effect(rollout) != RandomStartEffect::kNone);
    if (starts.effect(rollout) != RandomStartEffect::kNone) return;
    ++posed;
    reached += rollout.trajectory.success;
    // All steps are the expert's; the random ones left it its whole budget.
    const TaskSpec& task = *phones.apps().task(rollout.trajectory.task_id);
    EXPECT_LE(int(rollout.trajectory.steps.size()), task.max_steps);
  });
  EXPECT_GT(disturbed, 10);
  EXPECT_GE(reached, posed - 1);
}

TEST(RandomStart, OfNoActionsLeavesTheRunAlone) {
  RandomStarts starts(0, 1);
  RolloutOptions options;
  starts.add_to(options);
  EXPECT_FALSE(options.prepare);
  EXPECT_EQ(starts.effect(Rollout{}), RandomStartEffect::kNone);
}

}  // namespace
}  // namespace paperphone::rl
