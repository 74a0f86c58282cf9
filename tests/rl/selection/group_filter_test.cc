#include "rl/selection/group_filter.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

using Groups = std::vector<std::vector<float>>;

TEST(GroupFilter, KeepsGroupsWithSpread) {
  const GroupFilter filter =
      groups_with_spread(Groups{{0, 0}, {0, 1}, {1, 1}, {1, 0, 0}, {1}, {}});
  EXPECT_EQ(filter.kept, (std::vector<int>{1, 3}));
  EXPECT_EQ(filter.equal, 4);
}

TEST(GroupFilter, TakesNoRoundingForSpread) {
  EXPECT_TRUE(groups_with_spread(Groups{{0.1f, 0.1f, 0.1f}}).kept.empty());
}

TEST(GroupFilter, MayWantMoreThanAnySpread) {
  // Deviations 0.1 / sqrt(2) = 0.0707 and 1 / sqrt(2).
  EXPECT_EQ(groups_with_spread(Groups{{0, 0.1f}, {0, 1}}, 0.08).kept,
            std::vector<int>{1});
}

TEST(DynamicSampling, EndsWithEnoughGroupsOrRounds) {
  const DynamicSampling sampling = {.groups_per_update = 4, .max_rounds = 3};
  EXPECT_TRUE(wants_another_round(sampling, 0, 0));
  EXPECT_TRUE(wants_another_round(sampling, 3, 2));
  EXPECT_FALSE(wants_another_round(sampling, 4, 1));
  EXPECT_FALSE(wants_another_round(sampling, 0, 3));
}

}  // namespace
}  // namespace paperphone::rl
