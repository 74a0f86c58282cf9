#include "rl/stages/turn_advantages.h"

#include "env/base/check.h"
#include "rl/advantages/gigpo.h"
#include "rl/advantages/step_verdicts.h"
#include "rl/losses/advantage.h"

namespace paperphone::rl {

namespace {

constexpr float kIllFormed = 0.5f;

template <class Of>
std::vector<std::vector<float>> by_turn(std::span<const Rollout> group, const Of& of) {
  std::vector<std::vector<float>> out;
  for (const Rollout& rollout : group) {
    std::vector<float>& turns = out.emplace_back();
    for (const data::TrajectoryStep& step : rollout.trajectory.steps)
      turns.push_back(of(step));
  }
  return out;
}

// The whole reward comes with the last turn.
std::vector<std::vector<float>> at_the_end(std::span<const Rollout> group,
                                           std::span<const float> rewards_G) {
  auto rewards_GT = by_turn(group, [](const auto&) { return 0.0f; });
  for (std::size_t g = 0; g < rewards_GT.size(); ++g)
    if (!rewards_GT[g].empty()) rewards_GT[g].back() = rewards_G[g];
  return rewards_GT;
}

std::vector<std::vector<Hash128>> anchors_of(std::span<const Rollout> group) {
  std::vector<std::vector<Hash128>> out;
  for (const Rollout& rollout : group) {
    std::vector<Hash128>& turns = out.emplace_back();
    for (const data::TrajectoryStep& step : rollout.trajectory.steps)
      turns.push_back(step.page_hash);
  }
  return out;
}

}  // namespace

TurnAdvantages turn_advantages(std::span<const Rollout> group,
                               std::span<const float> rewards_G,
                               const GrpoRecipe& recipe) {
  CHECK_EQ(group.size(), rewards_G.size());
  const std::vector<float> own_G = group_advantages(rewards_G, recipe.advantage);
  const auto anchors_GT = anchors_of(group);
  TurnAdvantages out;
  out.anchors = count_anchors(anchor_clusters(anchors_GT));
  switch (recipe.turn_advantage) {
    case TurnAdvantage::kTrajectory:
      out.advantages_GT = by_turn(group, [](const auto&) { return 0.0f; });
      for (std::size_t g = 0; g < own_G.size(); ++g)
        for (float& advantage : out.advantages_GT[g]) advantage = own_G[g];
      break;
    case TurnAdvantage::kVerdicts: {
      const auto acceptable_GT =
          by_turn(group, [](const auto& step) { return step.acceptable ? 1.0f : 0.0f; });
      out.advantages_GT = verdict_advantages({.trajectory_advantages_G = own_G,
                                              .acceptable_GT = acceptable_GT,
                                              .anchors_GT = anchors_GT},
                                             recipe.turn_weight);
      break;
    }
    case TurnAdvantage::kGigpo:
      out.advantages_GT = gigpo_advantages(at_the_end(group, rewards_G), anchors_GT,
                                           {.gamma = recipe.discount,
                                            .omega = recipe.turn_weight,
                                            .kind = recipe.advantage})
                              .advantages_GT;
      break;
  }
  if (recipe.format_reward == FormatReward::kSum) return out;
  for (std::size_t g = 0; g < group.size(); ++g)
    for (std::size_t t = 0; t < out.advantages_GT[g].size(); ++t)
      if (!group[g].trajectory.steps[t].well_formed)
        out.advantages_GT[g][t] -= kIllFormed;
  return out;
}

}  // namespace paperphone::rl
