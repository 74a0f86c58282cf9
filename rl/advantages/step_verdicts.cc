#include "rl/advantages/step_verdicts.h"

#include <cstddef>

#include "env/base/check.h"
#include "rl/losses/advantage.h"

namespace paperphone::rl {

std::vector<std::vector<float>> verdict_advantages(const VerdictGroup& group,
                                                   double weight) {
  const std::size_t count = group.trajectory_advantages_G.size();
  CHECK_EQ(group.acceptable_GT.size(), count);
  CHECK_EQ(group.anchors_GT.size(), count);
  std::vector<std::vector<float>> advantages_GT;
  for (std::size_t g = 0; g < count; ++g) {
    CHECK_EQ(group.anchors_GT[g].size(), group.acceptable_GT[g].size());
    advantages_GT.emplace_back(group.acceptable_GT[g].size(),
                               group.trajectory_advantages_G[g]);
  }
  for (const AnchorCluster& cluster : anchor_clusters(group.anchors_GT)) {
    std::vector<float> acceptable;
    for (const TurnIndex& at : cluster)
      acceptable.push_back(
          group.acceptable_GT[std::size_t(at.trajectory)][std::size_t(at.turn)]);
    const std::vector<float> against_mean =
        group_advantages(acceptable, AdvantageKind::kDrGrpo);
    for (std::size_t i = 0; i < cluster.size(); ++i)
      advantages_GT[std::size_t(cluster[i].trajectory)][std::size_t(cluster[i].turn)] +=
          float(weight * against_mean[i]);
  }
  return advantages_GT;
}

}  // namespace paperphone::rl
