#include "rl/advantages/whiten.h"

#include <gtest/gtest.h>

#include <vector>

namespace paperphone::rl {
namespace {

using Values = std::vector<float>;

TEST(Whiten, GivesMeanZeroAndUnbiasedDeviationOne) {
  // Mean 2, squares 1 + 0 + 1, unbiased variance 1.
  const Values w = whiten(Values{1, 2, 3});
  EXPECT_NEAR(w[0], -1, 1e-6);
  EXPECT_EQ(w[1], 0);
  EXPECT_NEAR(w[2], 1, 1e-6);
}

TEST(Whiten, CountsAsOftenAsItIsTold) {
  // 0 three times and 4 once: mean 1, squares 3 * 1 + 9 = 12, variance 12 / 3 = 4.
  const Values w = whiten(Values{0, 4}, Values{3, 1});
  EXPECT_NEAR(w[0], -0.5, 1e-6);
  EXPECT_NEAR(w[1], 1.5, 1e-6);
  // The same as writing it out.
  const Values written_out = whiten(Values{0, 0, 0, 4});
  EXPECT_EQ(w[0], written_out[0]);
  EXPECT_EQ(w[1], written_out[3]);
}

TEST(Whiten, LeavesOutWhatDoesNotCount) {
  EXPECT_EQ(whiten(Values{1, 1000, 3}, Values{1, 0, 1})[1], 0);
  // Mean 2, variance 2: +-1 / 1.41421.
  EXPECT_NEAR(whiten(Values{1, 1000, 3}, Values{1, 0, 1})[2], 0.707107, 1e-6);
}

TEST(Whiten, GivesExactZerosWhereNothingDiffers) {
  EXPECT_EQ(whiten(Values{0.1f, 0.1f, 0.1f}), (Values{0, 0, 0}));
  EXPECT_EQ(whiten(Values{0.1f, 7, 0.1f}, Values{1, 0, 1}), (Values{0, 0, 0}));
  EXPECT_EQ(whiten(Values{5}), Values{0});
  EXPECT_EQ(whiten(Values{5, 6}, Values{0, 0}), (Values{0, 0}));
  EXPECT_TRUE(whiten(Values{}).empty());
}

}  // namespace
}  // namespace paperphone::rl
