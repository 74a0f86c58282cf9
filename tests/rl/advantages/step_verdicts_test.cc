#include "rl/advantages/step_verdicts.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

using Rows = std::vector<std::vector<float>>;

const Hash128 kA = {.high = 0, .low = 1};
const Hash128 kB = {.high = 0, .low = 2};
const Hash128 kC = {.high = 0, .low = 3};

Rows advantages(const std::vector<float>& trajectories, const Rows& acceptable,
                const std::vector<std::vector<Hash128>>& anchors, double weight) {
  return verdict_advantages({.trajectory_advantages_G = trajectories,
                             .acceptable_GT = acceptable,
                             .anchors_GT = anchors},
                            weight);
}

TEST(StepVerdicts, CompareWithOthersAtTheSameAnchor) {
  // At A one of three turns is acceptable: 1 - 1/3 and twice -1/3, half of each. At B
  // and C nobody else was.
  const Rows a =
      advantages({1, -1}, {{1, 0}, {0, 0, 1}}, {{kA, kB}, {kA, kA, kC}}, 0.5);
  EXPECT_NEAR(a[0][0], 1 + 1.0 / 3, 1e-6);
  EXPECT_EQ(a[0][1], 1);
  EXPECT_NEAR(a[1][0], -1 - 1.0 / 6, 1e-6);
  EXPECT_NEAR(a[1][1], -1 - 1.0 / 6, 1e-6);
  EXPECT_EQ(a[1][2], -1);
}

TEST(StepVerdicts, SayNothingWhereAllAreRightOrAllWrong) {
  EXPECT_EQ(advantages({0.5f, -0.5f}, {{1, 0}, {1, 0}}, {{kA, kB}, {kA, kB}}, 3),
            (Rows{{0.5f, 0.5f}, {-0.5f, -0.5f}}));
}

TEST(StepVerdicts, AreLeftOutWithWeightZero) {
  EXPECT_EQ(advantages({2, 0}, {{1}, {0}}, {{kA}, {kA}}, 0), (Rows{{2}, {0}}));
}

TEST(StepVerdicts, TeachWhereTrajectoriesAreEqual) {
  EXPECT_EQ(advantages({0, 0}, {{1}, {0}}, {{kA}, {kA}}, 1), (Rows{{0.5f}, {-0.5f}}));
  EXPECT_EQ(advantages({0, 0}, {{}, {1}}, {{}, {kA}}, 1), (Rows{{}, {0}}));
}

}  // namespace
}  // namespace paperphone::rl
