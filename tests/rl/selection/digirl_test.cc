#include "rl/selection/digirl.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

TEST(DigirlTurns, AreGoodIfTheyRaiseTheValueByMoreThanTheMargin) {
  EXPECT_NEAR(digirl_advantage({.value = 0.2, .next_value = 0.6}), 0.35, 1e-9);
  EXPECT_EQ(digirl_advantage({.value = 0.6, .next_value = 0.2}), 0);
  // 0.04 - 0.05 is below 0; the return of a later success lifts it: 0.04 - 0.05 + 0.25.
  EXPECT_EQ(digirl_advantage({.value = 0.5, .next_value = 0.54}), 0);
  EXPECT_NEAR(digirl_advantage({.value = 0.5, .next_value = 0.54, .mc_return = 0.25}),
              0.24, 1e-9);
  EXPECT_EQ(digirl_advantage({.next_value = 1, .reward = 1, .mc_return = 1}), 1);
}

TEST(DigirlTurns, AreWeighedZeroOrOne) {
  const std::vector<CriticTurn> turns = {
      {.value = 0.2, .next_value = 0.6}, {.value = 0.6, .next_value = 0.2}, {}};
  EXPECT_EQ(positive_turns(turns), (std::vector<float>{1, 0, 0}));
  EXPECT_TRUE(positive_turns({}).empty());
}

TEST(DigirlTrajectories, AreThoseBetterThanExpected) {
  // 1 - 0.9, 0 - 0.1, 1 - 0.2, 1 - (1 - 1e-4): the third is the surprise.
  const std::vector<float> rewards = {1, 0, 1, 1}, values = {0.9f, 0.1f, 0.2f, 1};
  EXPECT_EQ(surprising_trajectories(rewards, values, 0.1), std::vector<int>{2});
  // Sorted -0.1, 0.0001, 0.1, 0.8; place 0.5 * 3 = 1.5: 0.05.
  EXPECT_EQ(surprising_trajectories(rewards, values, 0.5), (std::vector<int>{0, 2}));
  EXPECT_TRUE(surprising_trajectories({}, {}, 0.1).empty());
}

}  // namespace
}  // namespace paperphone::rl
