#include "rl/rewards/potential.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

using Distances = std::vector<int>;

double discounted_sum(const std::vector<float>& rewards_T, double gamma) {
  double sum = 0;
  for (std::size_t t = rewards_T.size(); t-- > 0;) sum = rewards_T[t] + gamma * sum;
  return sum;
}

TEST(Potential, RewardsStepsNearer) {
  // 0.9 * -2 + 3, 0.9 * -2 + 2, 0 + 2: the end has no distance left, whatever it is.
  const auto rewards =
      potential_rewards(Distances{3, 2, 2, 7}, LastState::kTerminal, {.gamma = 0.9});
  ASSERT_EQ(rewards.size(), 3u);
  EXPECT_NEAR(rewards[0], 1.2, 1e-6);
  EXPECT_NEAR(rewards[1], 0.2, 1e-6);
  EXPECT_NEAR(rewards[2], 2.0, 1e-6);
  // 1.2 + 0.9 * 0.2 + 0.81 * 2 = 3, minus the potential of the start.
  EXPECT_NEAR(discounted_sum(rewards, 0.9), 3, 1e-6);
}

TEST(Potential, OfATruncatedEpisodeKeepsTheLastState) {
  // 0.9 * -1 + 2 in the end; 1.2 + 0.18 + 0.891 = 0.729 * -1 + 3.
  const auto rewards =
      potential_rewards(Distances{3, 2, 2, 1}, LastState::kOngoing, {.gamma = 0.9});
  EXPECT_NEAR(rewards[2], 1.1, 1e-6);
  EXPECT_NEAR(discounted_sum(rewards, 0.9), 2.271, 1e-6);
}

TEST(Potential, AddsTheSameToEveryWayFromAState) {
  // Undiscounted: straight on, to and fro, and giving up at once.
  for (const Distances& way :
       {Distances{4, 3, 2, 1, 0}, Distances{4, 5, 4, 9, -1, 0}, Distances{4, 4}})
    EXPECT_NEAR(discounted_sum(potential_rewards(way, LastState::kTerminal, {}), 1), 4,
                1e-6);
}

TEST(Potential, TakesUnknownDistancesForFarOnes) {
  EXPECT_EQ(potential_rewards(Distances{3, -1, 3}, LastState::kOngoing,
                              {.weight = 0.5, .unknown_distance = 10}),
            (std::vector<float>{-3.5f, 3.5f}));
}

TEST(Potential, OfNoTurnsIsEmpty) {
  EXPECT_TRUE(potential_rewards(Distances{5}, LastState::kTerminal, {}).empty());
}

}  // namespace
}  // namespace paperphone::rl
