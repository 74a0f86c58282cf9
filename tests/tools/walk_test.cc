#include <gtest/gtest.h>

#include "tests/phone_data.h"
#include "tools/random_walk.h"

namespace paperphone::tools {
namespace {

using paperphone::testing::with_pixels;
using paperphone::testing::without_pixels;

TEST(Walk, GivesTheSameHashesForAnyNumberOfThreads) {
  WalkConfig config{
      .seed = 7, .steps = 96, .num_envs = 6, .num_threads = 1, .variation = {}};
  const WalkResult one = random_walk(with_pixels(), config);
  config.num_threads = 3;
  const WalkResult three = random_walk(with_pixels(), config);
  EXPECT_EQ(one.state_hash, three.state_hash);
  EXPECT_EQ(one.reward_hash, three.reward_hash);
  EXPECT_EQ(one.frame_hash, three.frame_hash);
  EXPECT_EQ(one.steps, 96);
}

TEST(Walk, AnotherSeedIsAnotherWalk) {
  WalkConfig config{.seed = 7,
                    .steps = 32,
                    .num_envs = 2,
                    .num_threads = 1,
                    .pixels = false,
                    .variation = {}};
  const WalkResult a = random_walk(without_pixels(), config);
  const WalkResult again = random_walk(without_pixels(), config);
  config.seed = 8;
  const WalkResult b = random_walk(without_pixels(), config);
  EXPECT_EQ(a.state_hash, again.state_hash);
  EXPECT_NE(a.state_hash, b.state_hash);
}

TEST(Walk, GoesOnIntoNewEpisodes) {
  const WalkResult walk = random_walk(without_pixels(), {.seed = 1,
                                                         .steps = 200,
                                                         .num_envs = 1,
                                                         .num_threads = 1,
                                                         .pixels = false,
                                                         .variation = {}});
  EXPECT_GT(walk.episodes, 2);
}

}  // namespace
}  // namespace paperphone::tools
