#include "rl/rewards/box.h"

#include <gtest/gtest.h>

#include <limits>

namespace paperphone::rl {
namespace {

const Rect kTruth = {10, 20, 40, 20};  // x 10 to 50, y 20 to 40, on 100 x 200 pixels

TEST(BoxReward, OfTheTrueBoxIsWhole) {
  const BoxReward reward = box_reward(kTruth, kTruth, 100, 200);
  EXPECT_EQ(reward.hit, 1);
  EXPECT_EQ(reward.overlap, 1);
  EXPECT_EQ(reward.size, 1);
  EXPECT_EQ(reward.total, 1.375f);
}

TEST(BoxReward, OfAHandComputedShift) {
  // Ten pixels to the right: 30 * 20 of 800 + 800 - 600; left and right are 0.9 near:
  // 4 / (1 / 0.9 + 1 + 1 / 0.9 + 1) = 0.947368.
  const BoxReward reward = box_reward({20, 20, 40, 20}, kTruth, 100, 200);
  EXPECT_EQ(reward.hit, 1);
  EXPECT_NEAR(reward.overlap, 0.6, 1e-6);
  EXPECT_NEAR(reward.size, 0.947368, 1e-6);
  EXPECT_NEAR(reward.total, 1 + 0.25 * 0.6 + 0.125 * 0.947368, 1e-6);
}

TEST(BoxReward, OfAMissKeepsTheSizeTerm) {
  // Fifty pixels to the right: 4 / (2 + 1 + 2 + 1).
  const BoxReward reward = box_reward({60, 20, 40, 20}, kTruth, 100, 200);
  EXPECT_EQ(reward.hit, 0);
  EXPECT_EQ(reward.overlap, 0);
  EXPECT_NEAR(reward.total, 0.125 * 2 / 3, 1e-6);
}

TEST(BoxReward, HitsWithTheCentreInAHalfOpenBox) {
  EXPECT_EQ(box_reward({40, 20, 20, 20}, kTruth, 100, 200).hit, 0);  // at x = 50
  EXPECT_EQ(box_reward({39, 20, 20, 20}, kTruth, 100, 200).hit, 1);
}

TEST(BoxReward, OfNoBoxOrOneFarAwayIsZero) {
  EXPECT_EQ(box_reward({20, 30, 0, 5}, kTruth, 100, 200).total, 0);
  EXPECT_EQ(box_reward({120, 20, 40, 20}, kTruth, 100, 200).total, 0);
  const int huge = std::numeric_limits<int>::max();
  EXPECT_EQ(box_reward({huge, huge, huge, huge}, kTruth, 100, 200).total, 0);
}

}  // namespace
}  // namespace paperphone::rl
