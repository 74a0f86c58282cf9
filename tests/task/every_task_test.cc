// What must hold for every task template of every app.
#include <gtest/gtest.h>

#include "env/sim/state/phone_state.h"
#include "env/task/task.h"
#include "tests/task/all_apps.h"

namespace paperphone::task {
namespace {

class EveryTask : public ::testing::TestWithParam<std::string> {};

StepResult follow_expert(PhoneEnv& env, std::string* trace) {
  StepResult result;
  while (true) {
    const Advice advice = env.advice();
    const Action action =
        advice.actions.empty() ? Action(Wait{1}) : advice.actions.front().action;
    result = env.step(action);
    *trace += "\n  " + action_to_json(action) + " -> " + result.info.screen_id + " (" +
              std::string(outcome_name(result.info.outcome)) + ") " + advice.sentence;
    if (result.terminated || result.truncated) return result;
  }
}

TEST_P(EveryTask, TheExpertSolvesItFromTheStart) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false, .distance = false});
  for (int seed = 0; seed < 3; ++seed) {
    const auto start = env.reset(seed, {.task_id = GetParam()});
    EXPECT_EQ(start.info.goal_holds, env.task().spec->already);
    std::string trace;
    const auto result = follow_expert(env, &trace);
    EXPECT_EQ(end_reason_name(result.info.end_reason), "goal_reached")
        << GetParam() << " seed " << seed << ": " << env.task().instruction << trace
        << "\n  side effects: "
        << (result.info.side_effects.empty() ? "none" : result.info.side_effects[0]);
    const app::TaskSpec& spec = *env.task().spec;
    if (fact_to_see(spec) != nullptr) {
      EXPECT_EQ(result.info.progress, 0.0f) << "nothing was done";
    } else if (spec.answer.empty()) {
      EXPECT_EQ(result.info.progress, 1.0f);
    } else if (spec.progress.empty()) {
      EXPECT_EQ(result.info.progress, 0.0f);
    }
  }
}

// Switches that the control centre has are one swipe and one tap away.
TEST(ControlCentre, IsTheShortWayToItsSwitches) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false});
  for (const char* id : {"settings/bluetooth_on", "settings/airplane_on", "settings/do_not_disturb_on"}) {
    env.reset(2, {.task_id = id});
    EXPECT_EQ(env.advice().distance, 3) << "swipe, tap, end";
    std::string trace;
    EXPECT_EQ(follow_expert(env, &trace).info.end_reason, EndReason::kGoalReached) << trace;
    EXPECT_NE(trace.find("swipe"), std::string::npos) << trace;
  }
}

// The pictures of a post lie over its middle.
TEST(Posts, AreTappedBetweenTheirParts) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false, .distance = false});
  for (const std::uint64_t seed : {28, 87, 216, 241}) {
    env.reset(seed, {.task_id = "messenger/delete_my_post"});
    StepResult result;
    while (!result.terminated && !result.truncated)
      result = env.step(env.advice().actions.front().action);
    EXPECT_EQ(result.info.end_reason, EndReason::kGoalReached) << seed;
  }
}

TEST_P(EveryTask, DoingNothingDoesNotSolveIt) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false, .distance = false});
  env.reset(1, {.task_id = GetParam()});
  StepResult result;
  do {
    result = env.step(Wait{1});
    EXPECT_EQ(result.info.goal_holds, env.task().spec->already);
  } while (!result.truncated);
  EXPECT_EQ(result.reward, 0.0f);
}

// After wandering the expert must still find its way. What wandering has spoilt for
// good (a message sent to somebody) may remain as a side effect; the goal must hold.
TEST_P(EveryTask, TheExpertFindsTheGoalAfterAWalk) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false, .distance = false});
  for (int seed = 0; seed < 2; ++seed) {
    env.reset(seed, {.task_id = GetParam()});
    Rng rng = Rng(11).fork(GetParam(), seed);
    const int wander = std::min(4, env.task().spec->max_steps / 4);
    for (int i = 0; i < wander; ++i) {
      Action action = env.action_space().sample(rng);
      if (action.index() >= Action(Terminate{}).index()) action = Wait{1};
      env.step(action);
    }
    bool reached = false;
    const bool question =
        !env.task().spec->answer.empty() || fact_to_see(*env.task().spec) != nullptr;
    std::string trace;
    for (int i = wander; i < env.task().spec->max_steps; ++i) {
      const Advice advice = env.advice();
      ASSERT_FALSE(advice.actions.empty()) << GetParam() << trace;
      const Action& action = advice.actions.front().action;
      trace += "\n  " + action_to_json(action) + " " + advice.thought;
      const auto result = env.step(action);
      if (result.terminated || result.truncated) {
        reached = question ? result.terminated : result.info.goal_holds;
        break;
      }
    }
    EXPECT_TRUE(reached) << GetParam() << " seed " << seed << ": "
                         << env.task().instruction << trace;
  }
}

std::vector<std::string> all_task_ids() {
  std::vector<std::string> ids;
  for (const auto* task : tasks_of_split(apps(), "")) {
    ids.push_back(task->id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Apps, EveryTask, ::testing::ValuesIn(all_task_ids()),
                         [](const auto& info) { return case_name(info.param); });

}  // namespace
}  // namespace paperphone::task
