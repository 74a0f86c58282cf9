#include "env/vector_env.h"

#include <gtest/gtest.h>

#include "env/error.h"

namespace paperphone {
namespace {

// Counts steps; its one pixel is the seed's first draw plus the step number. Ends
// after `length` steps; throws when told to wait 13 seconds.
class CountingEnv : public Env {
 public:
  explicit CountingEnv(int length) : length_(length) {}
  const BoxSpace& observation_space() const override { return box_; }
  const ActionSpace& action_space() const override { return actions_; }

 private:
  ResetResult do_reset(Rng rng, const ResetOptions&) override {
    first_ = std::uint8_t(rng.below(100));
    step_ = 0;
    ResetResult result;
    result.observation = observe();
    return result;
  }
  StepResult do_step(const Action& action) override {
    if (const auto* wait = std::get_if<Wait>(&action); wait && wait->seconds == 13) {
      throw DataError("out of luck");
    }
    ++step_;
    StepResult result;
    result.observation = observe();
    result.reward = 1.0f;
    result.terminated = step_ == length_;
    return result;
  }
  Observation observe() {
    pixels_[0] = std::uint8_t(first_ + step_);
    return {{pixels_, 1, 1}, "count", step_};
  }

  const int length_;
  BoxSpace box_{1, 1, 3};
  ActionSpace actions_{1, 1, {}};
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(3);
  std::uint8_t first_ = 0;
  int step_ = 0;
};

VectorEnv make(int envs, int threads, AutoresetMode mode = AutoresetMode::kDisabled,
               int length = 3) {
  return VectorEnv([=](int) { return std::make_unique<CountingEnv>(length); },
                   {.num_envs = envs, .num_threads = threads, .autoreset_mode = mode});
}

std::vector<std::uint64_t> seeds(int n) {
  std::vector<std::uint64_t> out(n);
  for (int i = 0; i < n; ++i) out[i] = std::uint64_t(i);
  return out;
}

TEST(VectorEnv, RowsDoNotDependOnTheNumberOfThreads) {
  std::vector<std::uint8_t> reference;
  for (const int threads : {1, 2, 3, 8}) {
    VectorEnv envs = make(8, threads);
    EnvBatch batch(8, envs.single_observation_space());
    std::vector<std::uint8_t> seen;
    envs.reset(seeds(8), {}, batch.view());
    seen.insert(seen.end(), batch.screens_BHWC.begin(), batch.screens_BHWC.end());
    const std::vector<Action> actions(8, Wait{1});
    envs.step(actions, batch.view());
    seen.insert(seen.end(), batch.screens_BHWC.begin(), batch.screens_BHWC.end());
    if (reference.empty()) reference = seen;
    EXPECT_EQ(seen, reference) << threads << " threads";
  }
}

TEST(VectorEnv, SteppingAnEndedRowIsAnErrorThatNamesTheRow) {
  VectorEnv envs = make(2, 2, AutoresetMode::kDisabled, 1);
  EnvBatch batch(2, envs.single_observation_space());
  envs.reset(seeds(2), {}, batch.view());
  const std::vector<Action> actions(2, Wait{1});
  envs.step(actions, batch.view());
  EXPECT_EQ(batch.terminations_B[1], 1);
  try {
    envs.step(actions, batch.view());
    FAIL();
  } catch (const ConfigError& e) {
    EXPECT_STREQ(e.what(),
                 "environment 0: step() needs a running episode: call reset() first");
  }
}

TEST(VectorEnv, NextStepModeResetsOnTheStepAfterTheEnd) {
  VectorEnv envs = make(1, 1, AutoresetMode::kNextStep, 1);
  EnvBatch batch(1, envs.single_observation_space());
  envs.reset(seeds(1), {}, batch.view());
  const std::vector<Action> actions(1, Wait{1});
  envs.step(actions, batch.view());
  EXPECT_EQ(batch.terminations_B[0], 1);
  EXPECT_EQ(batch.rewards_B[0], 1.0f);
  envs.step(actions, batch.view());
  EXPECT_EQ(batch.terminations_B[0], 0);
  EXPECT_EQ(batch.rewards_B[0], 0.0f);
}

TEST(VectorEnv, SameStepModeKeepsTheFinalFrame) {
  VectorEnv envs = make(1, 1, AutoresetMode::kSameStep, 1);
  EnvBatch batch(1, envs.single_observation_space());
  batch.final_screens_BHWC.resize(3);
  envs.reset(seeds(1), {}, batch.view());
  const int first = batch.screens_BHWC[0];
  envs.step(std::vector<Action>(1, Wait{1}), batch.view());
  EXPECT_EQ(batch.terminations_B[0], 1);
  EXPECT_EQ(batch.final_screens_BHWC[0], first + 1);
}

TEST(VectorEnv, MaskedRowsAreNotTouched) {
  VectorEnv envs = make(2, 1);
  EnvBatch batch(2, envs.single_observation_space());
  envs.reset(seeds(2), {}, batch.view());
  envs.step(std::vector<Action>(2, Wait{1}), batch.view());
  const auto before = batch.screens_BHWC;
  envs.reset_where(std::vector<std::uint8_t>{1, 0}, seeds(2), {}, batch.view());
  EXPECT_EQ(batch.screens_BHWC[0] + 1, before[0]);
  EXPECT_EQ(batch.screens_BHWC[3], before[3]);
}

TEST(VectorEnv, WorkerExceptionsReachTheCallerAndTheOthersFinish) {
  VectorEnv envs = make(4, 2);
  EnvBatch batch(4, envs.single_observation_space());
  envs.reset(seeds(4), {}, batch.view());
  std::vector<Action> actions(4, Wait{1});
  actions[2] = Wait{13};
  batch.rewards_B.assign(4, 0.0f);
  try {
    envs.step(actions, batch.view());
    FAIL();
  } catch (const DataError& e) {
    EXPECT_STREQ(e.what(), "environment 2: out of luck");
  }
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{1, 1, 0, 1}));
}

TEST(VectorEnv, WrongRowCountsAreRefused) {
  VectorEnv envs = make(2, 1);
  EnvBatch batch(2, envs.single_observation_space());
  try {
    envs.reset(seeds(3), {}, batch.view());
    FAIL();
  } catch (const ConfigError& e) {
    EXPECT_STREQ(e.what(), "seeds_B has 3 rows, but there are 2 environments");
  }
}

TEST(Env, AnExplicitSeedRestartsTheStreamAndNoneContinuesIt) {
  CountingEnv a(5), b(5);
  const auto pixel = [](CountingEnv& env, std::optional<std::uint64_t> seed) {
    return int(env.reset(seed).observation.screen.pixels_HWC[0]);
  };
  const int a1 = pixel(a, 4), a2 = pixel(a, std::nullopt), a3 = pixel(a, std::nullopt);
  EXPECT_EQ(pixel(b, 4), a1);
  EXPECT_EQ(pixel(b, std::nullopt), a2);
  EXPECT_EQ(pixel(b, std::nullopt), a3);
  EXPECT_FALSE(a1 == a2 && a2 == a3);
}

}  // namespace
}  // namespace paperphone
