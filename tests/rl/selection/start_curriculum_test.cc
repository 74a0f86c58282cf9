#include "rl/selection/start_curriculum.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

TEST(StartCurriculum, MovesWithTheSuccessRate) {
  EXPECT_EQ(next_start({}, 5, 7, 10), 6);
  EXPECT_EQ(next_start({}, 5, 1, 10), 4);
}

TEST(StartCurriculum, StaysInTheBandItsEndsIncluded) {
  EXPECT_EQ(next_start({}, 5, 6, 10), 5);
  EXPECT_EQ(next_start({}, 5, 4, 10), 5);
  EXPECT_EQ(next_start({}, 5, 2, 10), 5);
}

TEST(StartCurriculum, KeepsToItsLimits) {
  const StartCurriculum curriculum = {.nearest = 2, .farthest = 8, .stride = 3};
  EXPECT_EQ(next_start(curriculum, 4, 1, 1), 7);
  EXPECT_EQ(next_start(curriculum, 7, 1, 1), 8);
  EXPECT_EQ(next_start(curriculum, 3, 0, 1), 2);
  EXPECT_EQ(next_start(curriculum, 100, 0, 0), 8);
}

TEST(StartCurriculum, WaitsForEnoughEpisodes) {
  EXPECT_EQ(next_start({}, 5, 0, 0), 5);
  EXPECT_EQ(next_start({.min_episodes = 8}, 5, 7, 7), 5);
  EXPECT_EQ(next_start({.min_episodes = 8}, 5, 8, 8), 6);
}

}  // namespace
}  // namespace paperphone::rl
