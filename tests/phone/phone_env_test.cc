#include "env/phone/phone_env.h"

#include <gtest/gtest.h>

#include "env/base/error.h"
#include "env/layout/frame.h"
#include "env/sim/state/phone_state.h"
#include "env/task/task.h"

namespace paperphone {
namespace {

// Apps, fonts and pieces are loaded once for all tests of this file.
const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, true);
  return loaded;
}

template <class Function>
std::string error_of(Function&& f) {
  try {
    f();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

StepResult follow_expert(PhoneEnv& env) {
  StepResult result;
  for (int i = 0; i < 100; ++i) {
    const Advice advice = env.advice();
    EXPECT_FALSE(advice.actions.empty());
    result = env.step(advice.actions.front().action);
    if (result.terminated || result.truncated) break;
  }
  return result;
}

TEST(PhoneEnv, TheObservationIsInItsSpaceAndStaysTheCallersSize) {
  PhoneEnv env(shared(), {});
  const auto [observation, info] = env.reset(1);
  EXPECT_TRUE(env.observation_space().contains(observation.screen));
  EXPECT_EQ(info.screen_id, "phone/launcher");
  EXPECT_FALSE(observation.instruction.empty());
}

TEST(PhoneEnv, EverySizeRenders) {
  for (const auto& [width, height] : {std::pair{360, 800}, {540, 1200}, {1080, 2400}}) {
    PhoneEnv env(shared(), {.variation = {.width = width, .height = height}});
    const auto result = env.reset(1);
    EXPECT_EQ(result.observation.screen.width, width);
    EXPECT_EQ(result.observation.screen.height, height);
    EXPECT_TRUE(env.observation_space().contains(result.observation.screen));
  }
}

TEST(PhoneEnv, TheSameSeedGivesTheSameEpisodeAndAnotherSeedAnother) {
  PhoneEnv a(shared(), {}), b(shared(), {});
  const auto ra = a.reset(5), rb = b.reset(5);
  EXPECT_EQ(ra.info.state_hash, rb.info.state_hash);
  EXPECT_EQ(ra.info.frame_hash, rb.info.frame_hash);
  EXPECT_EQ(ra.observation.instruction, rb.observation.instruction);
  EXPECT_NE(b.reset(6).info.state_hash, ra.info.state_hash);
  EXPECT_NE(a.reset(0).info.state_hash, b.reset(1).info.state_hash);
}

TEST(PhoneEnv, CoordinatesOffTheScreenAreAnOutcome) {
  PhoneEnv env(shared(), {});
  env.reset(1);
  for (const Point p : {Point{-1, 5}, {5, -1}, {360, 5}, {5, 800}, {1 << 30, 1 << 30}}) {
    EXPECT_EQ(env.step(Click{p}).info.outcome, ActionOutcome::kOutOfBounds);
  }
  EXPECT_EQ(env.step(OpenApp{"没有这个应用"}).info.outcome, ActionOutcome::kUnknownApp);
  EXPECT_EQ(env.step(TypeText{"你好"}).info.outcome, ActionOutcome::kNoTarget);
}

TEST(PhoneEnv, TheStepLimitTruncatesAndDoesNotTerminate) {
  PhoneEnv env(shared(), {.pixels = false});
  env.reset(1);
  const int limit = env.task().spec->max_steps;
  for (int i = 1; i <= limit; ++i) {
    const auto result = env.step(Wait{1});
    EXPECT_FALSE(result.terminated);
    EXPECT_EQ(result.truncated, i == limit);
    if (i == limit) {
      EXPECT_EQ(result.info.end_reason, EndReason::kStepLimit);
    }
  }
  EXPECT_EQ(error_of([&] { env.step(Wait{1}); }),
            "step() needs a running episode: call reset() first");
}

TEST(PhoneEnv, AStepLimitOfTheConfigTruncatesLikeTheTasksOwn) {
  PhoneEnv env(shared(), {.pixels = false, .max_episode_steps = 3});
  env.reset(1);
  env.step(Wait{1});
  env.step(Wait{2.5});
  const auto result = env.step(OpenApp{"settings"});
  EXPECT_FALSE(result.terminated);
  EXPECT_TRUE(result.truncated);
  EXPECT_EQ(result.info.end_reason, EndReason::kStepLimit);
  EXPECT_EQ(result.info.episode,
            (EpisodeStatistics{.episode_return = 0.0, .length = 3, .elapsed_ms = 4500}));
  EXPECT_FALSE(env.running());
}

TEST(PhoneEnv, TerminatingAtOnceIsAFalseCompletion) {
  PhoneEnv env(shared(), {.pixels = false});
  for (int seed = 0; seed < 20; ++seed) {
    env.reset(seed);
    const auto result = env.step(Terminate{TerminateStatus::kSuccess});
    EXPECT_TRUE(result.terminated);
    EXPECT_EQ(result.reward, 0.0f);
    EXPECT_EQ(result.info.end_reason, EndReason::kFalseComplete);
  }
}

TEST(PhoneEnv, TheExpertReachesTheGoalAndIsRewarded) {
  PhoneEnv env(shared(), {.pixels = false});
  for (int seed = 0; seed < 10; ++seed) {
    env.reset(seed);
    const auto result = follow_expert(env);
    EXPECT_EQ(result.info.end_reason, EndReason::kGoalReached)
        << env.task_id() << " seed " << seed;
    EXPECT_EQ(result.reward, 1.0f);
    EXPECT_EQ(result.reward, result.info.reward_breakdown.total());
  }
}

TEST(PhoneEnv, ASnapshotContinuesExactlyAsTheOriginalDid) {
  PhoneEnv env(shared(), {}), other(shared(), {});
  env.reset(3, {.task_id = "settings/toggle_dark_mode"});
  other.reset(99);
  Rng rng(1);
  const auto walk = [](PhoneEnv& e, Rng draws) {
    std::vector<Hash128> hashes;
    for (int i = 0; i < 200; ++i) {
      Action action = e.action_space().sample(draws);
      if (std::holds_alternative<Terminate>(action) ||
          std::holds_alternative<Answer>(action)) {
        action = Wait{1};
      }
      const auto result = e.step(action);
      hashes.push_back(result.info.state_hash);
      hashes.push_back(result.info.frame_hash);
      if (result.truncated) break;
    }
    return hashes;
  };
  const Snapshot snapshot = env.snapshot();
  const auto first = walk(env, rng.fork("a"));
  walk(other, rng.fork("b"));
  const auto restored = other.restore(snapshot);  // into another environment
  EXPECT_EQ(restored.observation.step, 0);
  EXPECT_EQ(walk(other, rng.fork("a")), first);
  env.restore(snapshot);
  EXPECT_EQ(walk(env, rng.fork("a")), first);
}

TEST(PhoneEnv, UserMistakesAreNamed) {
  PhoneEnv env(shared(), {.pixels = false});
  EXPECT_EQ(error_of([&] { env.step(Wait{1}); }),
            "step() needs a running episode: call reset() first");
  EXPECT_EQ(error_of([&] { env.reset(1, {.task_id = "settings/fly"}); }),
            "unknown task 'settings/fly'; a task is written app/task; `paperphone apps "
            "--json` "
            "lists them");
  EXPECT_EQ(error_of([&] { env.reset(1, {.split = "tset"}); }),
            "unknown split 'tset' (known: train, validation, test, unseen)");
  EXPECT_EQ(error_of([&] {
              env.reset(1, {.task_id = "settings/toggle_dark_mode", .params = {{"x", "1"}}});
            }),
            "task settings/toggle_dark_mode has no parameter 'x' (it has: none)");
  EXPECT_EQ(error_of([&] {
              env.reset(1, {.variation = Variation{.width = 100, .height = 100}});
            }),
            "unknown device 100x100 (known: 360x800, 540x1200, 1080x2400)");
  EXPECT_EQ(error_of([&] {
              env.reset(1, {.variation = Variation{.suite = "evil"}});
            }),
            "unknown suite 'evil' (known: clean, everyday, hostile)");
}

TEST(PhoneEnv, SwipesFlingAndPullTheShadeAtEverySize) {
  std::vector<int> flung, dragged;
  for (const int width : {360, 540, 1080}) {
    const int height = width * 20 / 9;
    PhoneEnv env(shared(),
                 {.variation = {.width = width, .height = height}, .pixels = false});
    env.reset(1, {.task_id = "settings/toggle_dark_mode"});
    env.step(OpenApp{"设置"});
    const auto px = [&](int dp) { return dp * width / 360; };
    env.step(Swipe{{px(180), px(600)}, {px(180), px(480)}});
    flung.push_back(env.frame().scroll);
    env.step(Swipe{{px(180), px(480)}, {px(180), px(600)}});
    env.step(Swipe{{px(180), px(600)}, {px(180), px(480)}, 3.0});
    dragged.push_back(env.frame().scroll);
    EXPECT_EQ(env.step(Swipe{{px(300), 3}, {px(300), px(500)}}).info.screen_id,
              "phone/controls");
    EXPECT_EQ(env.step(SystemButton{Button::kBack}).info.screen_id, "settings/home");
    EXPECT_EQ(env.step(KeyPress{"power"}).info.screen_id, "phone/lock");
  }
  EXPECT_EQ(flung, std::vector<int>(3, 152));
  EXPECT_EQ(dragged, std::vector<int>(3, 112));
}

TEST(PhoneEnv, DisturbancesAreNamedAndReplayExactly) {
  PhoneEnv env(shared(), {.variation = {.suite = "hostile"}, .pixels = false});
  std::vector<std::vector<std::string>> events[2];
  for (auto& seen : events) {
    env.reset(8);
    for (int i = 0; i < 9; ++i) {
      const auto result = env.step(env.advice().actions.front().action);
      seen.push_back(result.info.events);
      if (result.terminated || result.truncated) break;
    }
  }
  EXPECT_EQ(events[0], events[1]);
}

TEST(PhoneEnv, NuisancesHaveAStreamOfTheirOwn) {
  PhoneEnv env(shared(), {.pixels = false});
  env.reset(8);
  const std::string task = env.task_id(), instruction(env.task().instruction);
  env.reset(8, {.variation = Variation{.suite = "hostile"}});
  EXPECT_EQ(env.task_id(), task);
  EXPECT_EQ(env.task().instruction, instruction);
  int dialogs = 0;
  for (int seed = 0; seed < 20; ++seed) {
    env.reset(seed, {.variation = Variation{.suite = "hostile"}});
    for (int i = 0; i < 5; ++i) env.step(Wait{1});
    dialogs += !env.state().dialogs.empty();
  }
  EXPECT_GT(dialogs, 3);
}

}  // namespace
}  // namespace paperphone
