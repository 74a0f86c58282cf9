#include "rl/advantages/branches.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

using Values = std::vector<float>;

TEST(Branches, CompareContinuationsWithTheirMean) {
  const Values returns = {1, 0, 0, 1, 0.5f};  // mean 0.5
  EXPECT_DOUBLE_EQ(state_value(returns), 0.5);
  EXPECT_EQ(branch_advantages(returns), (Values{0.5f, -0.5f, -0.5f, 0.5f, 0}));
}

TEST(Branches, OfOneContinuationOrEqualOnesSayNothing) {
  EXPECT_EQ(branch_advantages(Values{0.3f}), Values{0});
  EXPECT_EQ(branch_advantages(Values{0.1f, 0.1f, 0.1f}), (Values{0, 0, 0}));
  EXPECT_TRUE(branch_advantages(Values{}).empty());
}

TEST(ForkedTurns, AreOneStepDifferencesOfMeanReturns) {
  // 0 + 0.75 - 0.5 and 1 + 0 - 0.75; undiscounted they add up to 1 - 0.5.
  EXPECT_EQ(forked_turn_advantages(Values{0, 1}, Values{0.5f, 0.75f, 0}, 1),
            (Values{0.25f, 0.25f}));
  // 0 + 0.5 * 0.75 - 0.5.
  EXPECT_FLOAT_EQ(forked_turn_advantages(Values{0, 1}, Values{0.5f, 0.75f, 0}, 0.5)[0],
                  -0.125f);
  EXPECT_TRUE(forked_turn_advantages(Values{}, Values{1}, 1).empty());
}

}  // namespace
}  // namespace paperphone::rl
