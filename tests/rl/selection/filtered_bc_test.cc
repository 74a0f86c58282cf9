#include "rl/selection/filtered_bc.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

using Values = std::vector<float>;
using Indices = std::vector<int>;

TEST(Quantile, InterpolatesBetweenNeighbours) {
  // Sorted 1, 2, 4, 8; place 0.9 * 3 = 2.7 lies 0.7 of the way from 4 to 8.
  EXPECT_NEAR(quantile(Values{8, 1, 4, 2}, 0.9), 6.8, 1e-9);
  EXPECT_EQ(quantile(Values{8, 1, 4, 2}, 0.5), 3);
  EXPECT_EQ(quantile(Values{8, 1, 4, 2}, 0), 1);
  EXPECT_EQ(quantile(Values{8, 1, 4, 2}, 1), 8);
  EXPECT_EQ(quantile(Values{3}, 0.3), 3);
}

TEST(FilteredBc, KeepsTheBestShare) {
  // Place 0.75 * 4 = 3: the fourth of 0, 1, 2, 3, 4.
  EXPECT_EQ(best_trajectories(Values{4, 0, 3, 1, 2}, 0.25), (Indices{0, 2}));
  EXPECT_EQ(best_trajectories(Values{4, 0, 3, 1, 2}, 1), (Indices{0, 1, 2, 3, 4}));
  EXPECT_TRUE(best_trajectories(Values{}, 0.1).empty());
}

TEST(FilteredBc, KeepsAllThatAreEquallyGood) {
  EXPECT_EQ(best_trajectories(Values{1, 0, 1, 1}, 0.1), (Indices{0, 2, 3}));
  // Nobody succeeded: all are as good as the best.
  EXPECT_EQ(best_trajectories(Values{0, 0}, 0.1), (Indices{0, 1}));
}

TEST(RejectionSampling, KeepsSuccessesAlone) {
  EXPECT_EQ(accepted_trajectories(Values{1, 0, 0.5f, 1}, 1), (Indices{0, 3}));
  EXPECT_TRUE(accepted_trajectories(Values{0, 0}, 1).empty());
}

}  // namespace
}  // namespace paperphone::rl
