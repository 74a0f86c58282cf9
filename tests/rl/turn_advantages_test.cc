#include "rl/stages/turn_advantages.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

// Two trajectories that part on page 2: one goes right, to page 3, and ends well.
std::vector<Rollout> a_group() {
  std::vector<Rollout> group(2);
  for (int g = 0; g < 2; ++g) {
    auto& steps = group[std::size_t(g)].trajectory.steps;
    steps.resize(3);
    for (std::size_t t = 0; t < 3; ++t) steps[t].page_hash.low = t + 1;
    for (auto& step : steps) step.acceptable = true;
  }
  auto& wrong = group[1].trajectory.steps;
  wrong[1].acceptable = false;
  wrong[2].page_hash.low = 9;
  wrong[2].well_formed = false;
  return group;
}
using Turns = std::vector<std::vector<float>>;
const std::vector<float> kRewards = {1, 0};

TEST(TurnAdvantages, OfATrajectoryAreAllTheSame) {
  GrpoRecipe recipe;
  recipe.advantage = AdvantageKind::kDrGrpo;
  const TurnAdvantages out = turn_advantages(a_group(), kRewards, recipe);
  EXPECT_EQ(out.advantages_GT, (Turns{{0.5f, 0.5f, 0.5f}, {-0.5f, -0.5f, -0.5f}}));
  EXPECT_EQ(out.anchors.turns, 6);
  EXPECT_EQ(out.anchors.turns_at_repeated, 4);  // pages 1 and 2
}

TEST(TurnAdvantages, VerdictsDifferWhereTheGroupDidOnOnePage) {
  GrpoRecipe recipe;
  recipe.advantage = AdvantageKind::kDrGrpo;
  recipe.turn_advantage = TurnAdvantage::kVerdicts;
  recipe.turn_weight = 0.4;
  // On page 2 one of two was right: +-0.5 * 0.4.
  EXPECT_EQ(turn_advantages(a_group(), kRewards, recipe).advantages_GT,
            (Turns{{0.5f, 0.7f, 0.5f}, {-0.5f, -0.7f, -0.5f}}));
}

TEST(TurnAdvantages, GigpoComparesReturnsOnOnePage) {
  GrpoRecipe recipe;
  recipe.advantage = AdvantageKind::kDrGrpo;
  recipe.turn_advantage = TurnAdvantage::kGigpo;
  recipe.discount = 0.5;
  recipe.turn_weight = 1;
  // Returns of the first 0.25, 0.5, 1, of the second 0; half the difference on pages 1, 2.
  EXPECT_EQ(turn_advantages(a_group(), kRewards, recipe).advantages_GT,
            (Turns{{0.625f, 0.75f, 0.5f}, {-0.625f, -0.75f, -0.5f}}));
}

TEST(TurnAdvantages, AGateLowersTheTurnThatIsNotWellFormed) {
  GrpoRecipe recipe;
  recipe.advantage = AdvantageKind::kDrGrpo;
  recipe.format_reward = FormatReward::kGate;
  EXPECT_EQ(turn_advantages(a_group(), kRewards, recipe).advantages_GT[1],
            (std::vector<float>{-0.5f, -0.5f, -1.0f}));
}

}  // namespace
}  // namespace paperphone::rl
