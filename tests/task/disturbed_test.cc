// The expert under the suites of disturbances, on every task template.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "env/task/task.h"
#include "tests/task/all_apps.h"

namespace paperphone::task {
namespace {

struct Tally {
  int episodes = 0;
  int reached = 0;
  std::map<std::string, int> events;
  std::string failures;
};

Tally run_all(const Variation& variation, int seeds) {
  PhoneEnv env(shared(), {.variation = variation, .pixels = false, .hashes = false, .distance = false});
  Tally tally;
  for (const app::TaskSpec* task : tasks_of_split(apps(), "")) {
    for (int seed = 0; seed < seeds; ++seed) {
      env.reset(std::uint64_t(++tally.episodes), {.task_id = task->id});
      std::string trace;
      StepResult result;
      do {
        const Advice advice = env.advice();
        const Action action = advice.actions.front().action;
        result = env.step(action);
        trace += "\n  " + action_to_json(action) + " -> " + result.info.screen_id;
        for (const std::string& event : result.info.events) {
          ++tally.events[event];
          trace += " !" + event;
        }
      } while (!result.terminated && !result.truncated);
      if (result.info.end_reason == EndReason::kGoalReached) {
        ++tally.reached;
      } else {
        tally.failures += "\n" + task->id + " " +
                          std::string(end_reason_name(result.info.end_reason)) + trace;
      }
    }
  }
  return tally;
}

TEST(Disturbed, TheExpertGetsThroughTheHostileSuite) {
  const Tally tally = run_all({.suite = "hostile"}, 3);
  EXPECT_GE(tally.reached * 1000, tally.episodes * 995)
      << tally.reached << " of " << tally.episodes << tally.failures;
  EXPECT_EQ(tally.events.size(), 13u);
}

TEST(Disturbed, TheExpertGetsThroughEverydayLife) {
  const Tally tally = run_all({.suite = "everyday"}, 1);
  EXPECT_EQ(tally.reached, tally.episodes) << tally.failures;
  EXPECT_FALSE(tally.events.empty());
}

TEST(Disturbed, NothingHappensInTheCleanSuite) {
  EXPECT_TRUE(run_all({}, 1).events.empty());
}

TEST(Disturbed, TheExpertUnlocksThePhoneFirst) {
  const Tally tally =
      run_all({.folders = true, .nav_buttons = true, .locked = true}, 1);
  EXPECT_EQ(tally.reached, tally.episodes) << tally.failures;
}

}  // namespace
}  // namespace paperphone::task
