#include "rl/advantages/gigpo.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

using Rows = std::vector<std::vector<float>>;
using Anchors = std::vector<std::vector<Hash128>>;

const Hash128 kA = {.high = 0, .low = 1};
const Hash128 kB = {.high = 0, .low = 2};
const Hash128 kC = {.high = 0, .low = 3};

void expect_near(const Rows& rows, const Rows& expected) {
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t g = 0; g < rows.size(); ++g) {
    ASSERT_EQ(rows[g].size(), expected[g].size());
    for (std::size_t t = 0; t < rows[g].size(); ++t)
      EXPECT_NEAR(rows[g][t], expected[g][t], 1e-5) << g << " " << t;
  }
}

// One trajectory succeeds in two turns; the other, from the same start, comes back to
// it once and fails.
const Rows kRewards = {{0, 1}, {0, 0, 0}};
const Anchors kAnchors = {{kA, kB}, {kA, kA, kC}};

TEST(Gigpo, AddsStepsAtEqualAnchorsToTheEpisode) {
  const auto out = gigpo_advantages(kRewards, kAnchors, {.gamma = 0.5, .omega = 2});
  // Episodes 1 and 0: +-0.5 / 0.707107.
  EXPECT_NEAR(out.episode_G[0], 0.707106, 1e-5);
  EXPECT_NEAR(out.episode_G[1], -0.707106, 1e-5);
  // Returns 0.5, 1 and 0, 0, 0. At A are 0.5, 0, 0: mean 1/6, squares 1/9 + 2/36 = 1/6,
  // variance 1/12, deviation 0.288675: 1/3 and -1/6 of it are 1.154701 and -0.577350.
  // B and C have one member each.
  expect_near(out.step_GT, {{1.154697f, 0}, {-0.577348f, -0.577348f, 0}});
  expect_near(out.advantages_GT,
              {{0.707106f + 2 * 1.154697f, 0.707106f},
               {-0.707106f - 2 * 0.577348f, -0.707106f - 2 * 0.577348f, -0.707106f}});
}

TEST(Gigpo, CountsAnchorsWithTwoMembersOrMore) {
  const auto out = gigpo_advantages(kRewards, kAnchors, {});
  EXPECT_EQ(out.anchors.turns, 5);
  EXPECT_EQ(out.anchors.anchors, 3);
  EXPECT_EQ(out.anchors.repeated_anchors, 1);
  EXPECT_EQ(out.anchors.turns_at_repeated, 3);
}

TEST(Gigpo, WithoutTheDeviationIsInTheUnitOfRewards) {
  const auto out = gigpo_advantages(
      kRewards, kAnchors, {.gamma = 0.5, .omega = 1, .kind = AdvantageKind::kDrGrpo});
  expect_near(out.advantages_GT,
              {{0.5f + 1.0f / 3, 0.5f}, {-0.5f - 1.0f / 6, -0.5f - 1.0f / 6, -0.5f}});
}

TEST(Gigpo, IsGrpoWhereNoAnchorRepeats) {
  const auto out = gigpo_advantages(Rows{{1}, {0}}, Anchors{{kA}, {kB}}, {});
  expect_near(out.step_GT, {{0}, {0}});
  expect_near(out.advantages_GT, {{0.707106f}, {-0.707106f}});
}

TEST(Gigpo, ComparesTurnsEvenWhereEpisodesAreEqual) {
  // Both succeed, one of them a turn later: at A the returns are 1, 0.5 and 1.
  const auto out =
      gigpo_advantages(Rows{{1}, {0, 1}}, Anchors{{kA}, {kA, kA}},
                       {.gamma = 0.5, .omega = 1, .kind = AdvantageKind::kDrGrpo});
  EXPECT_EQ(out.episode_G, (std::vector<float>{0, 0}));
  expect_near(out.advantages_GT, {{1.0f / 6}, {-1.0f / 3, 1.0f / 6}});
}

TEST(Gigpo, OfOneTrajectoryOrOfEqualOnesIsZero) {
  expect_near(gigpo_advantages(Rows{{1}}, Anchors{{kA}}, {}).advantages_GT, {{0}});
  expect_near(gigpo_advantages(Rows{{1}, {1}}, Anchors{{kA}, {kA}}, {}).advantages_GT,
              {{0}, {0}});
  EXPECT_TRUE(gigpo_advantages(Rows{}, Anchors{}, {}).advantages_GT.empty());
}

}  // namespace
}  // namespace paperphone::rl
