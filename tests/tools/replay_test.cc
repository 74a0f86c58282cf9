#include "tools/replay.h"

#include <gtest/gtest.h>

#include "tests/tools/phone_data.h"
#include "tools/episodes.h"

namespace paperphone::tools {
namespace {

using paperphone::testing::with_pixels;

class Replay : public ::testing::Test {
 protected:
  Replay() : env(with_pixels(), {}) {
    const auto jobs = make_jobs(shared_apps(*with_pixels()), {}, 9, 1);
    run_episodes(with_pixels(), jobs, builtin_policy("noisy-expert", 0.2),
                 {.threads = 1, .pixels = true, .policy_name = "noisy-expert"},
                 [&](Episode&& episode) { record = std::move(episode.trajectory); });
  }
  PhoneEnv env;
  data::Trajectory record;
};

TEST_F(Replay, GivesEveryHashAgain) {
  std::size_t screens = 0;
  EXPECT_EQ(replay(env, record,
                   [&](std::size_t step, const ImageView& screen) {
                     EXPECT_EQ(step, screens++);
                     EXPECT_EQ(screen.width, 360);
                   }),
            "");
  EXPECT_EQ(screens, record.steps.size() + 1);
}

TEST_F(Replay, NamesTheFirstStepThatDiffers) {
  record.steps[1].frame_hash.low ^= 1;
  EXPECT_TRUE(replay(env, record).starts_with("step 2: frame "));
  record.steps[0].state_hash.low ^= 1;
  EXPECT_TRUE(replay(env, record).starts_with("step 1: state "));
  record.initial_state_hash.low ^= 1;
  EXPECT_TRUE(replay(env, record).starts_with("at the start: state "));
}

TEST_F(Replay, ComparesTheEnd) {
  record.end_reason = EndReason::kGaveUp;
  EXPECT_NE(replay(env, record).find("recorded gave_up"), std::string::npos);
}

TEST_F(Replay, NoticesAStepAfterTheEnd) {
  record.steps.push_back(record.steps.back());
  EXPECT_NE(replay(env, record).find("the episode is over already"), std::string::npos);
}

TEST_F(Replay, SkipsTurnsThatApplyNothing) {
  data::TrajectoryStep lost = record.steps[0];
  lost.outcome = ActionOutcome::kInvalid;
  record.steps.insert(record.steps.begin(), lost);
  EXPECT_EQ(replay(env, record), "");
}

}  // namespace
}  // namespace paperphone::tools
