#include "rl/advantages/gae.h"

#include <gtest/gtest.h>

#include <vector>

namespace paperphone::rl {
namespace {

using Values = std::vector<float>;

TEST(TokenGae, LeavesObservationsOut) {
  // gamma 0.9, gamma lambda 0.45.
  //   t = 3: delta = 1 - 0.6 = 0.4                     A = 0.4
  //   t = 2: delta = 0.9 * 0.6 - 0.4 = 0.14            A = 0.14 + 0.45 * 0.4 = 0.32
  //   t = 1: an observation, its value 9 is nobody's
  //   t = 0: delta = 0.9 * 0.4 - 0.5 = -0.14           A = -0.14 + 0.45 * 0.32 = 0.004
  const Gae gae = token_gae(Values{0, 7, 0, 1}, Values{0.5f, 9, 0.4f, 0.6f},
                            Values{1, 0, 1, 1}, {.gamma = 0.9, .lambda = 0.5});
  const Values advantages = {0.004f, 0, 0.32f, 0.4f};
  const Values returns = {0.504f, 0, 0.72f, 1.0f};
  for (std::size_t t = 0; t < 4; ++t) {
    EXPECT_NEAR(gae.advantages_T[t], advantages[t], 1e-6) << t;
    EXPECT_NEAR(gae.returns_T[t], returns[t], 1e-6) << t;
  }
}

TEST(TokenGae, OfAnEmptyMaskIsZero) {
  const Gae gae = token_gae(Values{1, 1}, Values{2, 2}, Values{0, 0}, {});
  EXPECT_EQ(gae.advantages_T, (Values{0, 0}));
  EXPECT_EQ(gae.returns_T, (Values{0, 0}));
}

TEST(TurnGae, AddsUpToTheReturnAgainstTheValue) {
  // lambda 1 and gamma 1: A_1 = 0 + 0.8 - 0.6 = 0.2 and
  // A_0 = (0.1 + 0.6 - 0.5) + 0.2 = 0.4; returns 0.1 + 0 + 0.8 and 0 + 0.8.
  const Gae gae = turn_gae(Values{0.1f, 0}, Values{0.5f, 0.6f}, 0.8, {});
  EXPECT_NEAR(gae.advantages_T[0], 0.4, 1e-6);
  EXPECT_NEAR(gae.advantages_T[1], 0.2, 1e-6);
  EXPECT_NEAR(gae.returns_T[0], 0.9, 1e-6);
  EXPECT_NEAR(gae.returns_T[1], 0.8, 1e-6);
}

TEST(TurnGae, IsOneStepDifferencesWithLambdaZero) {
  const Gae gae =
      turn_gae(Values{0, 1}, Values{0.5f, 0.5f}, 0, {.gamma = 0.5, .lambda = 0});
  EXPECT_NEAR(gae.advantages_T[0], 0.5 * 0.5 - 0.5, 1e-6);
  EXPECT_NEAR(gae.advantages_T[1], 1 - 0.5, 1e-6);
}

TEST(TurnGae, OfOneTurn) {
  const Gae gae =
      turn_gae(Values{1}, Values{0.25f}, 0, {.gamma = 0.99, .lambda = 0.95});
  EXPECT_NEAR(gae.advantages_T[0], 0.75, 1e-6);
  EXPECT_NEAR(gae.returns_T[0], 1, 1e-6);
  EXPECT_TRUE(turn_gae(Values{}, Values{}, 1, {}).advantages_T.empty());
}

}  // namespace
}  // namespace paperphone::rl
