#include "rl/advantages/anchors.h"

#include <cstddef>
#include <map>

namespace paperphone::rl {

std::vector<AnchorCluster> anchor_clusters(
    std::span<const std::vector<Hash128>> anchors_GT) {
  std::vector<AnchorCluster> clusters;
  std::map<Hash128, std::size_t> cluster_of;
  for (std::size_t g = 0; g < anchors_GT.size(); ++g)
    for (std::size_t t = 0; t < anchors_GT[g].size(); ++t) {
      const auto [found, added] =
          cluster_of.try_emplace(anchors_GT[g][t], clusters.size());
      if (added) clusters.emplace_back();
      clusters[found->second].push_back({.trajectory = int(g), .turn = int(t)});
    }
  return clusters;
}

void AnchorCounts::add(const AnchorCounts& other) {
  turns += other.turns;
  anchors += other.anchors;
  repeated_anchors += other.repeated_anchors;
  turns_at_repeated += other.turns_at_repeated;
}

AnchorCounts count_anchors(std::span<const AnchorCluster> clusters) {
  AnchorCounts counts;
  for (const AnchorCluster& cluster : clusters) {
    const int members = int(cluster.size());
    counts.turns += members;
    ++counts.anchors;
    if (members < 2) continue;
    ++counts.repeated_anchors;
    counts.turns_at_repeated += members;
  }
  return counts;
}

}  // namespace paperphone::rl
