// The expert acts on what frames have shown: an app so small that one can say what it may
// know after each step.
#include <gtest/gtest.h>

#include "env/base/error.h"
#include "env/phone/phone_env.h"
#include "env/phone/twins.h"
#include "env/task/task.h"

namespace paperphone::task {
namespace {

constexpr std::uint64_t kWorlds = 5;

const std::shared_ptr<const PhoneShared>& bazaar() {
  static const auto loaded = load_phone_shared("tests/task/bazaar", false);
  return loaded;
}

PhoneEnv env_with(bool advice) {
  return PhoneEnv(bazaar(), {.pixels = false, .hashes = false, .advice = advice});
}

// The expert's actions to the end, and how it ended.
struct Played {
  std::vector<Action> actions;
  std::vector<std::string> sentences;
  StepResult last;
};
Played play(PhoneEnv& env) {
  Played played;
  do {
    const Advice advice = env.advice();
    EXPECT_FALSE(advice.actions.empty());
    if (advice.actions.empty()) return played;
    const Action action = advice.actions.front().action;
    played.actions.push_back(action);
    played.sentences.push_back(advice.sentence);
    played.last = env.step(action);
  } while (!played.last.terminated && !played.last.truncated);
  return played;
}

TEST(Evidence, ASuperlativeIsSortedBy) {
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
    PhoneEnv env = env_with(true);
    env.reset(seed, {.task_id = "bazaar/cheapest"});
    const Played played = play(env);
    EXPECT_EQ(played.last.info.end_reason, EndReason::kGoalReached);
    // Open, sort, answer: the top row is enough.
    ASSERT_EQ(played.actions.size(), 3u) << played.sentences.back();
    EXPECT_EQ(played.sentences[1], "点击价格");
  }
}

TEST(Evidence, WhatIsNeededOfABestRowIsLookedUpThere) {
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
    PhoneEnv env = env_with(true);
    env.reset(seed, {.task_id = "bazaar/weight_of_cheapest"});
    const Played played = play(env);
    EXPECT_EQ(played.last.info.end_reason, EndReason::kGoalReached);
    EXPECT_EQ(played.actions.size(), 4u) << "open, sort, the row, answer";
  }
}

TEST(Evidence, ARowIsLookedForFromTheTop) {
  PhoneEnv env = env_with(true);
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
    env.reset(seed, {.task_id = "bazaar/weight"});
    const Played played = play(env);
    EXPECT_EQ(played.last.info.end_reason, EndReason::kGoalReached);
    // Nobody knows where it is: however far down, it takes a swipe for every page.
    const std::int32_t row = env.task().values[0].as_ref().row_id;
    const int swipes = int(played.actions.size()) - 3;  // open, the row, answer
    EXPECT_LE(swipes, row / 5 + 1);
    EXPECT_GE(swipes, row / 14) << "row " << row;
  }
}

TEST(Evidence, AConditionThatChoseARowDoesNotTellItsValue) {
  PhoneEnv env = env_with(true);
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
    env.reset(seed, {.task_id = "bazaar/heavy_weight"});
    const Played played = play(env);
    EXPECT_EQ(played.last.info.end_reason, EndReason::kGoalReached);
    EXPECT_GE(played.actions.size(), 3u) << "open, the row, answer";
  }
}

TEST(Evidence, ANotificationIsReadAndFollowed) {
  PhoneEnv env = env_with(true);
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
    env.reset(seed, {.task_id = "bazaar/announced"});
    ASSERT_NE(env.state().heads_up(), nullptr);
    const app::Row* row = env.state().world.find(env.task().values[0].as_ref());
    EXPECT_EQ(env.state().heads_up()->text, std::string(row->cells[0].as_text()) + "到货了");
    const Played played = play(env);
    EXPECT_EQ(played.last.info.end_reason, EndReason::kGoalReached);
    EXPECT_EQ(played.actions.size(), 2u) << "the notification, answer";

    // When it is gone from the top it lies in the shade.
    env.reset(seed, {.task_id = "bazaar/announced"});
    for (int i = 0; i < 6; ++i) env.step(Wait{1.0});
    EXPECT_EQ(env.state().heads_up(), nullptr);
    const Played later = play(env);
    EXPECT_EQ(later.last.info.end_reason, EndReason::kGoalReached);
    EXPECT_EQ(later.actions.size(), 3u) << "the shade, the notification, answer";
    EXPECT_EQ(later.sentences[0], "向下滑动");
  }
}

TEST(Evidence, WhatNoScreenShowsIsNamed) {
  PhoneEnv env = env_with(true);
  env.reset(1, {.task_id = "bazaar/oracle"});
  EXPECT_NE(env.advice().unknown.find("bazaar.thing.origin"), std::string::npos)
      << env.advice().unknown;
}

TEST(Evidence, TwinsProveIt) {
  for (const char* task : {"bazaar/cheapest", "bazaar/weight", "bazaar/weight_of_cheapest",
                           "bazaar/nothing_so_dear", "bazaar/open_shop", "bazaar/keeper_called",
                           "bazaar/heavy_weight", "bazaar/announced"})
    for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
      const TwinProof proof = prove_by_twins(bazaar(), task, seed);
      EXPECT_TRUE(proof.findings.empty())
          << task << " seed " << seed << ": " << proof.findings[0].advice << " / "
          << proof.findings[0].twin_advice;
      EXPECT_EQ(proof.blind_at, -1) << task << ": " << proof.unknown;
      EXPECT_GT(proof.drawn, 0);
    }
  const TwinProof english =
      prove_by_twins(bazaar(), "bazaar/weight_of_cheapest", 1, ThoughtLanguage::kEnglish);
  EXPECT_TRUE(english.findings.empty()) << english.findings[0].twin_advice;
  EXPECT_GT(english.drawn, 0);
}

TEST(Evidence, TwinsFindAnOracle) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
    const TwinProof proof = prove_by_twins(bazaar(), "bazaar/oracle", seed);
    EXPECT_GE(proof.blind_at, 0);
    for (const TwinFinding& finding : proof.findings)
      for (const std::string& cell : finding.cells) found += cell == "bazaar.thing.origin";
  }
  EXPECT_GT(found, 0) << "the cell is named";
}

// ---- ends that have to be seen --------------------------------------------------

TEST(EarnedEnds, ComeAfterALook) {
  for (const char* task :
       {"bazaar/nothing_so_dear", "bazaar/open_shop", "bazaar/keeper_called"}) {
    for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
      PhoneEnv env = env_with(true);
      env.reset(seed, {.task_id = task});
      const Played played = play(env);
      EXPECT_EQ(played.last.info.end_reason, EndReason::kGoalReached) << task;
      EXPECT_GE(played.actions.size(), 3u) << task << ": it looks first";

      // The same end without a look; nobody has to want advice for that to be judged.
      PhoneEnv blind = env_with(false);
      blind.reset(seed, {.task_id = task});
      const StepResult result = blind.step(played.actions.back());
      EXPECT_EQ(result.info.end_reason, EndReason::kFalseComplete) << task;
      EXPECT_EQ(result.reward, 0.0f);
    }
  }
}

TEST(EarnedEnds, AreTheRightOnes) {
  PhoneEnv env = env_with(true);
  // After the look, the other end.
  for (const auto& [task, status] :
       {std::pair{"bazaar/nothing_so_dear", TerminateStatus::kSuccess},
        std::pair{"bazaar/open_shop", TerminateStatus::kFailure}}) {
    env.reset(1, {.task_id = task});
    StepResult result;
    for (Action action; !std::holds_alternative<Terminate>(action);) {
      action = env.advice().actions.front().action;
      if (std::holds_alternative<Terminate>(action)) action = Terminate{status};
      result = env.step(action);
    }
    EXPECT_NE(result.info.end_reason, EndReason::kGoalReached) << task;
    EXPECT_EQ(result.reward, 0.0f);
  }
}

// ---- the memory belongs to the episode -------------------------------------------

TEST(Evidence, IsInSnapshots) {
  PhoneEnv env = env_with(true), other = env_with(true);
  env.reset(2, {.task_id = "bazaar/cheapest"});
  for (int i = 0; i < 2; ++i) env.step(env.advice().actions.front().action);
  const Snapshot sorted = env.snapshot();
  EXPECT_EQ(env.advice().sentence, env.advice().sentence);
  other.restore(sorted);
  EXPECT_EQ(other.advice().sentence, env.advice().sentence);
  // A fresh episode knows nothing of it.
  other.reset(2, {.task_id = "bazaar/cheapest"});
  EXPECT_NE(other.advice().sentence, env.advice().sentence);
}

TEST(Evidence, IsKeptOnlyWhereAdviceIsWanted) {
  PhoneEnv env = env_with(false);
  env.reset(1, {.task_id = "bazaar/cheapest"});
  EXPECT_THROW(env.advice(), ConfigError);
}

}  // namespace
}  // namespace paperphone::task
