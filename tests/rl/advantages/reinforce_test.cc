#include "rl/advantages/reinforce.h"

#include <gtest/gtest.h>

#include <vector>

namespace paperphone::rl {
namespace {

using Rows = std::vector<std::vector<float>>;

void expect_near(const Rows& rows, const Rows& expected) {
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t n = 0; n < rows.size(); ++n) {
    ASSERT_EQ(rows[n].size(), expected[n].size());
    for (std::size_t t = 0; t < rows[n].size(); ++t)
      EXPECT_NEAR(rows[n][t], expected[n][t], 1e-5) << n << " " << t;
  }
}

TEST(Reinforce, WhitensReturnsOverTheBatch) {
  // Returns 0.5, 1 and 0 (its second place is masked): mean 0.5, squares 0 + 0.25 +
  // 0.25, unbiased variance 0.25, deviation 0.5.
  expect_near(reinforce_advantages(Rows{{0, 1}, {0, 9}}, 0.5, Rows{{1, 1}, {1, 0}}),
              {{0, 1}, {-1, 0}});
}

TEST(Reinforce, GivesZerosWithoutADifference) {
  expect_near(reinforce_advantages(Rows{{1}, {1}}, 1), {{0}, {0}});
  expect_near(reinforce_advantages(Rows{{1}}, 1), {{0}});
  expect_near(reinforce_advantages(Rows{{1, 2}}, 1, Rows{{0, 0}}), {{0, 0}});
  EXPECT_TRUE(reinforce_advantages(Rows{}, 1).empty());
}

TEST(ReinforceBaseline, CentresGroupsAndWhitensTheBatch) {
  // Against their groups 0.5, -0.5, 0, 0: mean 0, variance 0.5 / 3, deviation 0.408248.
  expect_near(reinforce_baseline_advantages(Rows{{1, 0}, {1, 1}}),
              {{1.224745f, -1.224745f}, {0, 0}});
}

TEST(ReinforceBaseline, CountsTrajectoriesByTheirTokens) {
  // 0.5, three times -0.5, 0, 0: mean -1 / 6; squares 4/9 + 3 * 1/9 + 2 * 1/36 = 5/6,
  // over 5: variance 1/6, deviation 0.408248.
  expect_near(reinforce_baseline_advantages(Rows{{1, 0}, {1, 1}}, Rows{{1, 3}, {1, 1}}),
              {{1.632993f, -0.816497f}, {0.408248f, 0.408248f}});
}

TEST(ReinforceBaseline, ComparesAGroupOfOneWithItself) {
  expect_near(reinforce_baseline_advantages(Rows{{7}}), {{0}});
  // 0, 1, -1: variance 1.
  expect_near(reinforce_baseline_advantages(Rows{{7}, {2, 0}}), {{0}, {1, -1}});
}

}  // namespace
}  // namespace paperphone::rl
