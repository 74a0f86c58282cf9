#include "rl/advantages/returns.h"

#include <gtest/gtest.h>

#include <vector>

namespace paperphone::rl {
namespace {

using Values = std::vector<float>;

TEST(Returns, DiscountEachStep) {
  // 4; 2 + 0.5 * 4 = 4; 1 + 0.5 * 4 = 3.
  EXPECT_EQ(discounted_returns(Values{1, 2, 4}, 0.5), (Values{3, 4, 4}));
  EXPECT_EQ(discounted_returns(Values{1, 2, 4}, 1), (Values{7, 6, 4}));
  EXPECT_EQ(discounted_returns(Values{1, 2, 4}, 0), (Values{1, 2, 4}));
}

TEST(Returns, GoThroughMaskedPlacesUnchanged) {
  // Behind the mask 1; the masked place is no step: 0 + 0.5 * 1, not 0.25.
  EXPECT_EQ(discounted_returns(Values{0, 5, 1}, 0.5, Values{1, 0, 1}),
            (Values{0.5f, 0, 1}));
}

TEST(Returns, OfOneStepOrNone) {
  EXPECT_EQ(discounted_returns(Values{3}, 0.9), Values{3});
  EXPECT_EQ(discounted_returns(Values{3, 3}, 0.9, Values{0, 0}), (Values{0, 0}));
  EXPECT_TRUE(discounted_returns(Values{}, 0.9).empty());
}

}  // namespace
}  // namespace paperphone::rl
