// check_env finds what is broken, and nothing where nothing is.
#include "env/check_env.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/env/counting_env.h"

namespace paperphone {
namespace {

using testing::CountingEnv;

template <class Broken>
std::vector<std::string> findings_of() {
  return check_env([] { return std::make_unique<Broken>(7); });
}

::testing::AssertionResult has(const std::vector<std::string>& findings,
                               const std::string& begin) {
  std::string all;
  for (const auto& finding : findings) {
    if (finding.starts_with(begin)) return ::testing::AssertionSuccess();
    all += "\n  " + finding;
  }
  return ::testing::AssertionFailure() << "no finding '" << begin << "' among:" << all;
}

TEST(CheckEnv, FindsNothingInASoundEnvironment) {
  EXPECT_EQ(findings_of<CountingEnv>(), std::vector<std::string>{});
}

// The same buffer for every observation, and something else in it each time. A
// checker that keeps views would compare the buffer with itself.
struct ReusesItsBuffer : CountingEnv {
  using CountingEnv::CountingEnv;
  ResetResult do_reset(Rng rng, const ResetOptions& options) override {
    ResetResult result = CountingEnv::do_reset(rng, options);
    pixels_[2] = ++calls_;
    return result;
  }
  std::uint8_t calls_ = 0;
};
TEST(CheckEnv, FindsWhatHidesInAReusedBuffer) {
  EXPECT_TRUE(has(findings_of<ReusesItsBuffer>(),
                  "reset(): the same seed gives another episode (the screen)"));
}

struct IgnoresTheSeed : CountingEnv {
  using CountingEnv::CountingEnv;
  ResetResult do_reset(Rng, const ResetOptions& options) override {
    return CountingEnv::do_reset(Rng(1), options);
  }
};
TEST(CheckEnv, FindsAnIgnoredSeed) {
  const auto findings = findings_of<IgnoresTheSeed>();
  EXPECT_TRUE(has(findings, "reset(): the seed is ignored"));
  EXPECT_TRUE(has(findings, "reset(): without a seed the same episode comes again"));
}

// Draws from a generator of its own, which no seed touches.
struct LeaksRngAcrossResets : CountingEnv {
  using CountingEnv::CountingEnv;
  ResetResult do_reset(Rng rng, const ResetOptions& options) override {
    return CountingEnv::do_reset(rng.fork(own_.below(1000)), options);
  }
  Rng own_{1};
};
TEST(CheckEnv, FindsAGeneratorThatOutlivesTheReset) {
  EXPECT_TRUE(has(findings_of<LeaksRngAcrossResets>(),
                  "reset(): the same seed gives another episode"));
}

struct MergesTheFlags : CountingEnv {
  using CountingEnv::CountingEnv;
  StepResult do_step(const Action& action) override {
    StepResult result = CountingEnv::do_step(action);
    result.truncated = result.terminated;
    return result;
  }
};
TEST(CheckEnv, FindsMergedFlags) {
  EXPECT_TRUE(has(findings_of<MergesTheFlags>(),
                  "step(): truncated is true although the end reason is goal_reached"));
}

struct CallsTheLimitAnEnd : CountingEnv {
  using CountingEnv::CountingEnv;
  StepResult do_step(const Action& action) override {
    StepResult result = CountingEnv::do_step(action);
    if (result.terminated) result.info.end_reason = EndReason::kStepLimit;
    return result;
  }
};
TEST(CheckEnv, FindsALimitThatTerminates) {
  const auto findings = findings_of<CallsTheLimitAnEnd>();
  EXPECT_TRUE(has(findings,
                  "step(): terminated is true although the end reason is step_limit"));
  EXPECT_TRUE(has(findings,
                  "step(): truncated is false although the end reason is step_limit"));
}

struct PaysNan : CountingEnv {
  using CountingEnv::CountingEnv;
  StepResult do_step(const Action& action) override {
    StepResult result = CountingEnv::do_step(action);
    result.reward = std::numeric_limits<float>::quiet_NaN();
    return result;
  }
};
TEST(CheckEnv, FindsARewardThatIsNoNumber) {
  EXPECT_TRUE(has(findings_of<PaysNan>(), "step(): the reward is not finite"));
}

struct PaysInSecret : CountingEnv {
  using CountingEnv::CountingEnv;
  StepResult do_step(const Action& action) override {
    StepResult result = CountingEnv::do_step(action);
    result.reward += 0.5f;
    return result;
  }
};
TEST(CheckEnv, FindsARewardWithoutATerm) {
  EXPECT_TRUE(
      has(findings_of<PaysInSecret>(), "step(): the reward is not the sum of its terms"));
}

struct LeavesItsSpace : CountingEnv {
  using CountingEnv::CountingEnv;
  const BoxSpace& observation_space() const override { return other_; }
  BoxSpace other_{2, 1, 3};
};
TEST(CheckEnv, FindsAScreenOutsideItsSpace) {
  EXPECT_TRUE(has(findings_of<LeavesItsSpace>(),
                  "reset(): the screen is 1x1 with 3 bytes, which is not in Box(0, 255, "
                  "(2, 1, 3), uint8)"));
}

struct EndsAtOnce : CountingEnv {
  explicit EndsAtOnce(int) : CountingEnv(1) {}
};
TEST(CheckEnv, FindsAnEpisodeOfOneStep) {
  EXPECT_TRUE(has(findings_of<EndsAtOnce>(), "step(): the first step ends the episode"));
}

struct LooksAtTheClock : CountingEnv {
  using CountingEnv::CountingEnv;
  StepResult do_step(const Action& action) override {
    StepResult result = CountingEnv::do_step(action);
    result.info.elapsed_ms =
        std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
    return result;
  }
};
TEST(CheckEnv, FindsTheWallClockInTheInfo) {
  EXPECT_TRUE(has(findings_of<LooksAtTheClock>(),
                  "step(): the same seed and actions give another walk (the info"));
}

struct ForgetsItsSnapshot : CountingEnv {
  using CountingEnv::CountingEnv;
  ResetResult restore(const Snapshot& snapshot) override {
    CountingEnv::restore(snapshot);
    first_ = 0;
    return {observe(), {}};
  }
};
TEST(CheckEnv, FindsASnapshotThatIsNotWhole) {
  const auto findings = findings_of<ForgetsItsSnapshot>();
  EXPECT_TRUE(has(findings, "restore(): the observation is not the one at snapshot()"));
  EXPECT_TRUE(has(findings, "restore(): the episode does not continue as it did"));
}

struct ActsWhenWatched : CountingEnv {
  using CountingEnv::CountingEnv;
  StepResult do_step(const Action& action) override {
    StepResult result = CountingEnv::do_step(action);
    if (modality() == Modality::kNothing) result.info.progress = 1.0f;
    return result;
  }
};
TEST(CheckEnv, FindsThatLookingAwayMatters) {
  EXPECT_TRUE(has(findings_of<ActsWhenWatched>(),
                  "want(): what is not looked at happens differently"));
}

struct RefusesOptions : CountingEnv {
  using CountingEnv::CountingEnv;
  ResetResult do_reset(Rng, const ResetOptions&) override {
    throw ConfigError("options, please");
  }
};
TEST(CheckEnv, ReportsWhatIsThrown) {
  EXPECT_TRUE(has(findings_of<RefusesOptions>(), "make: threw: options, please"));
}

}  // namespace
}  // namespace paperphone
