#include "rl/rollout/replay.h"

#include <gtest/gtest.h>

#include "env/base/error.h"
#include "tests/phone_data.h"

namespace paperphone::rl {

using agent::make_expert_policy;
using data::Trajectory;
using data::TrajectoryStep;

namespace {

class Replay : public ::testing::Test {
 protected:
  Replay()
      : runner(Phones(testing::with_pixels(), {}), {.num_rows = 2, .num_threads = 2}) {
    const auto expert = make_expert_policy();
    runner.run(make_jobs(shared_apps(*testing::with_pixels()), {}, 9, 3), *expert,
               {.noise = 0.3, .labels = true}, [&](Rollout&& rollout) {
                 records.push_back(std::move(rollout.trajectory));
               });
  }

  std::string difference(const Trajectory& record) {
    std::string difference;
    replay(runner, {&record, 1}, [&](Rollout&& again) {
      difference = first_difference(record, again.trajectory);
    });
    return difference;
  }

  RolloutRunner runner;
  std::vector<Trajectory> records;
};

TEST_F(Replay, GivesEveryHashAgainAndShowsEveryScreen) {
  std::vector<std::size_t> screens(records.size());
  std::size_t played = 0;
  replay(
      runner, records,
      [&](Rollout&& again) {
        EXPECT_EQ(first_difference(records[again.episode], again.trajectory), "");
        EXPECT_EQ(again.trajectory.steps.back().sentence,
                  records[again.episode].steps.back().sentence);
        ++played;
      },
      [&](const EpisodeView& view) {
        EXPECT_EQ(view.history.size(), screens[view.episode]++);
        EXPECT_EQ(view.screen.width, 360);
        EXPECT_EQ(view.screen.pixels_HWC.size(), 360u * 800u * 3u);
      });
  EXPECT_EQ(played, records.size());
  for (std::size_t i = 0; i < records.size(); ++i)
    EXPECT_EQ(screens[i], records[i].steps.size() + 1);
}

TEST_F(Replay, NamesTheFirstStepThatDiffers) {
  Trajectory record = records[0];
  record.steps[1].frame_hash.low ^= 1;
  EXPECT_TRUE(difference(record).starts_with("step 2: frame "));
  record.steps[0].state_hash.low ^= 1;
  EXPECT_TRUE(difference(record).starts_with("step 1: state "));
  record.initial_state_hash.low ^= 1;
  EXPECT_TRUE(difference(record).starts_with("at the start: state "));
}

TEST_F(Replay, ComparesTheEnd) {
  records[0].end_reason = EndReason::kGaveUp;
  EXPECT_NE(difference(records[0]).find("recorded gave_up"), std::string::npos);
}

TEST_F(Replay, NoticesAStepAfterTheEnd) {
  records[0].steps.push_back(records[0].steps.back());
  EXPECT_EQ(difference(records[0]), "step " + std::to_string(records[0].steps.size()) +
                                        ": the episode is over already");
}

TEST_F(Replay, SkipsTurnsThatApplyNothing) {
  TrajectoryStep lost = records[0].steps[0];
  lost.outcome = ActionOutcome::kInvalid;
  records[0].steps.insert(records[0].steps.begin(), lost);
  EXPECT_EQ(difference(records[0]), "");
}

TEST_F(Replay, OfAnUnknownTaskSaysWhich) {
  records[0].options.task_id = "no/such_task";
  EXPECT_THROW(difference(records[0]), ConfigError);
}

}  // namespace
}  // namespace paperphone::rl
