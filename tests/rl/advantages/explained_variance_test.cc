#include "rl/advantages/explained_variance.h"

#include <gtest/gtest.h>

#include <vector>

namespace paperphone::rl {
namespace {

using Values = std::vector<float>;

TEST(ExplainedVariance, IsTheShareThatTheCriticTakesAway) {
  // What is left is 0, 0, 1: variance 1/3 - 1/9 = 2/9; the returns' is 2/3.
  EXPECT_NEAR(explained_variance(Values{1, 2, 3}, Values{1, 2, 2}), 1 - 1.0 / 3, 1e-9);
}

TEST(ExplainedVariance, OfAPerfectAndOfAConstantCritic) {
  EXPECT_EQ(explained_variance(Values{1, 2, 3}, Values{1, 2, 3}), 1);
  EXPECT_EQ(explained_variance(Values{1, 2, 3}, Values{11, 12, 13}), 1);
  EXPECT_EQ(explained_variance(Values{1, 2, 3}, Values{5, 5, 5}), 0);
  // 1 - (-1) and so on: twice the spread, four times the variance.
  EXPECT_NEAR(explained_variance(Values{1, 2, 3}, Values{-1, -2, -3}), 1 - 4, 1e-9);
}

TEST(ExplainedVariance, OfReturnsThatDoNotDifferIsZero) {
  EXPECT_EQ(explained_variance(Values{0.1f, 0.1f}, Values{1, 2}), 0);
  EXPECT_EQ(explained_variance(Values{1}, Values{2}), 0);
  EXPECT_EQ(explained_variance(Values{}, Values{}), 0);
}

}  // namespace
}  // namespace paperphone::rl
