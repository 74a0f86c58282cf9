#include "rl/losses/advantage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace paperphone::rl {
namespace {

using Rewards = std::vector<float>;

TEST(Advantage, GrpoDividesByTheUnbiasedDeviation) {
  // Mean 0.5, squared deviations 4 * 0.25, unbiased variance 1/3, deviation 0.57735.
  const auto a = group_advantages(Rewards{1, 0, 0, 1}, AdvantageKind::kGrpo);
  const float expected = float(0.5 / (std::sqrt(1.0 / 3.0) + 1e-6));
  EXPECT_NEAR(a[0], expected, 1e-6);
  EXPECT_NEAR(a[1], -expected, 1e-6);
  EXPECT_NEAR(a[0], 0.866024, 1e-5);
}

TEST(Advantage, DrGrpoOnlySubtractsTheMean) {
  EXPECT_EQ(group_advantages(Rewards{2, 0, 1, 1}, AdvantageKind::kDrGrpo),
            (Rewards{1, -1, 0, 0}));
}

TEST(Advantage, RlooComparesEachWithTheOthers) {
  // For the first: 3 - mean(0, 0, 1) = 2.666..., which is 4/3 (3 - 1).
  const auto a = group_advantages(Rewards{3, 0, 0, 1}, AdvantageKind::kRloo);
  EXPECT_NEAR(a[0], 3.0 - 1.0 / 3.0, 1e-6);
  EXPECT_NEAR(a[3], 1.0 - 1.0, 1e-6);
}

TEST(Advantage, PassKCreditsWhatTheBestAddsToItsGroup) {
  // Without the second the best is 1.5, so it adds 0.5; without any other it is 2
  // still.
  EXPECT_EQ(group_advantages(Rewards{1.5f, 2, 0, 1}, AdvantageKind::kPassK),
            (Rewards{0, 0.5f, 0, 0}));
  // Two that are equally good: neither is missed.
  EXPECT_EQ(group_advantages(Rewards{1, 0, 1}, AdvantageKind::kPassK),
            (Rewards{0, 0, 0}));
  EXPECT_EQ(group_advantages(Rewards{-2, -1}, AdvantageKind::kPassK), (Rewards{0, 1}));
}

TEST(Advantage, EqualRewardsGiveExactZeros) {
  for (const auto& [name, kind] : kAdvantages) {
    SCOPED_TRACE(name);
    EXPECT_EQ(group_advantages(Rewards{0.1f, 0.1f, 0.1f}, kind), (Rewards{0, 0, 0}));
    EXPECT_EQ(group_advantages(Rewards{0.7f}, kind), Rewards{0});
    EXPECT_TRUE(group_advantages(Rewards{}, kind).empty());
  }
}

TEST(Advantage, SumsToZero) {
  const auto a =
      group_advantages(Rewards{0.3f, 1.7f, -0.4f, 2, 2}, AdvantageKind::kGrpo);
  float sum = 0;
  for (float value : a) sum += value;
  EXPECT_NEAR(sum, 0, 1e-5);
}

TEST(Advantage, StatsSayWhetherThereIsASignal) {
  EXPECT_TRUE(group_stats(Rewards{1, 1}).all_equal);
  const GroupStats stats = group_stats(Rewards{0, 2});
  EXPECT_FALSE(stats.all_equal);
  EXPECT_FLOAT_EQ(stats.mean, 1);
  EXPECT_FLOAT_EQ(stats.std, float(std::sqrt(2.0)));
}

}  // namespace
}  // namespace paperphone::rl
