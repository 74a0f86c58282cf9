#include "rl/advantages/gigpo.h"

#include <cstddef>

#include "env/base/check.h"
#include "rl/advantages/returns.h"

namespace paperphone::rl {

GigpoAdvantages gigpo_advantages(std::span<const std::vector<float>> rewards_GT,
                                 std::span<const std::vector<Hash128>> anchors_GT,
                                 const GigpoConfig& config) {
  CHECK_EQ(anchors_GT.size(), rewards_GT.size());
  GigpoAdvantages out;
  std::vector<float> episodes_G;
  std::vector<std::vector<float>> returns_GT;
  for (std::size_t g = 0; g < rewards_GT.size(); ++g) {
    CHECK_EQ(anchors_GT[g].size(), rewards_GT[g].size());
    double sum = 0;
    for (float reward : rewards_GT[g]) sum += reward;
    episodes_G.push_back(float(sum));
    returns_GT.push_back(discounted_returns(rewards_GT[g], config.gamma));
    out.step_GT.emplace_back(rewards_GT[g].size(), 0.0f);
  }
  out.episode_G = group_advantages(episodes_G, config.kind);

  const std::vector<AnchorCluster> clusters = anchor_clusters(anchors_GT);
  out.anchors = count_anchors(clusters);
  for (const AnchorCluster& cluster : clusters) {
    std::vector<float> returns;
    for (const TurnIndex& at : cluster)
      returns.push_back(returns_GT[std::size_t(at.trajectory)][std::size_t(at.turn)]);
    const std::vector<float> steps = group_advantages(returns, config.kind);
    for (std::size_t i = 0; i < cluster.size(); ++i)
      out.step_GT[std::size_t(cluster[i].trajectory)][std::size_t(cluster[i].turn)] =
          steps[i];
  }

  out.advantages_GT = out.step_GT;
  for (std::size_t g = 0; g < rewards_GT.size(); ++g)
    for (float& advantage : out.advantages_GT[g])
      advantage = float(out.episode_G[g] + config.omega * advantage);
  return out;
}

}  // namespace paperphone::rl
