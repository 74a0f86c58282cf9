// Screens that the vector keeps up to date in its own memory are those that it copies.
#include <gtest/gtest.h>

#include "env/phone/phone_env.h"
#include "env/vector_env.h"
#include "tests/env/counting_env.h"

namespace paperphone {
namespace {

constexpr int kNumEnvs = 4;

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, true);
  return loaded;
}

std::unique_ptr<Env> make_phone(int) {
  return std::make_unique<PhoneEnv>(
      shared(), PhoneEnvConfig{.variation = {.suite = "hostile"}, .hashes = false});
}
std::unique_ptr<Env> make_counting(int) {  // keeps its pixels where it likes
  return std::make_unique<testing::CountingEnv>(5);
}

class OwnScreens : public ::testing::TestWithParam<AutoresetMode> {};

void expect_equal_walks(const VectorEnv::Factory& make, AutoresetMode mode, bool fork) {
  const VectorEnvConfig config{.num_envs = kNumEnvs, .num_threads = 2,
                               .autoreset_mode = mode};
  VectorEnv copying(make, config);
  VectorEnvConfig owning_config = config;
  owning_config.own_screens = true;
  VectorEnv owning(make, owning_config);
  EXPECT_TRUE(copying.screens().empty());
  EnvBatch copied(copying), owned(owning);
  EXPECT_TRUE(owned.screens_BHWC.empty());
  const auto expect_equal = [&](int step) {
    ASSERT_EQ(owning.screens().size(), copied.screens_BHWC.size());
    ASSERT_TRUE(std::equal(copied.screens_BHWC.begin(), copied.screens_BHWC.end(),
                           owning.screens().begin()))
        << "step " << step;
    ASSERT_EQ(owned.final_screens_BHWC, copied.final_screens_BHWC) << "step " << step;
  };
  copying.reset(3, {}, copied.view());
  owning.reset(3, {}, owned.view());
  expect_equal(-1);
  Rng rng(4);
  std::vector<Action> actions(kNumEnvs, Wait{1});
  for (int step = 0; step < 150; ++step) {
    const ActionSpace& space = copying.single_action_space();
    for (Action& action : actions)
      action = !space.apps.empty() && rng.chance(0.2)
                   ? Action(OpenApp{space.apps[rng.below(space.apps.size())]})
                   : Action(Wait{1});
    for (Action& action : actions)
      if (!space.apps.empty() && rng.chance(0.6)) action = space.sample(rng);
    copying.step(actions, copied.view());
    owning.step(actions, owned.view());
    expect_equal(step);
    if (fork && step % 20 == 10) {
      const int to = 2;
      copying.fork(0, std::span(&to, 1), copied.view());
      owning.fork(0, std::span(&to, 1), owned.view());
      expect_equal(step);
    }
  }
}

TEST_P(OwnScreens, AreThoseThatAreCopied) {
  expect_equal_walks(make_phone, GetParam(), true);
}

TEST_P(OwnScreens, AreCopiedForEnvironmentsThatKeepTheirPixelsElsewhere) {
  expect_equal_walks(make_counting, GetParam(), false);
}

INSTANTIATE_TEST_SUITE_P(Modes, OwnScreens,
                         ::testing::Values(AutoresetMode::kNextStep,
                                           AutoresetMode::kSameStep));

// A row that is asked for a picture by handle, too, or for nothing, or is copied to the
// caller besides.
TEST(OwnScreens, GoTogetherWithWhatElseIsAskedFor) {
  VectorEnv envs(make_phone, {.num_envs = 2,
                              .num_threads = 1,
                              .autoreset_mode = AutoresetMode::kSameStep,
                              .own_screens = true});
  EnvBatch batch(envs);
  BatchView view = batch.view();
  std::vector<std::uint8_t> besides(envs.screens().size());
  std::vector<std::shared_ptr<const ScreenFrame>> frames(2);
  view.screens_BHWC = besides;
  view.frames_B = frames;
  const std::size_t bytes = besides.size() / 2;
  envs.reset(8, {}, view);
  Rng rng(9);
  std::vector<Action> actions(2, Wait{1});
  for (int step = 0; step < 40; ++step) {
    for (Action& action : actions) action = envs.single_action_space().sample(rng);
    envs.step(actions, view);
    for (std::size_t row = 0; row < 2; ++row) {
      const auto own = envs.screens().subspan(row * bytes, bytes);
      ASSERT_TRUE(std::equal(own.begin(), own.end(), besides.begin() + row * bytes));
      ASSERT_TRUE(std::equal(own.begin(), own.end(), frames[row]->pixels_HWC.begin()));
    }
    // One row sleeps for a step: its pixels stay.
    const std::vector<std::uint8_t> before(envs.screens().begin(), envs.screens().end());
    const std::vector<Modality> nothing(2, Modality::kNothing);
    BatchView blind = batch.view();
    blind.modality_B = nothing;
    envs.step(std::vector<Action>(2, Wait{1}), blind);
    ASSERT_TRUE(std::equal(before.begin(), before.end(), envs.screens().begin()));
  }
}

}  // namespace
}  // namespace paperphone
