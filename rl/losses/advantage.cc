#include "rl/losses/advantage.h"

#include <algorithm>
#include <cmath>

namespace paperphone::rl {

GroupStats group_stats(std::span<const float> rewards_G) {
  GroupStats stats;
  if (rewards_G.empty()) return stats;
  double sum = 0;
  for (float reward : rewards_G) sum += reward;
  const double mean = sum / double(rewards_G.size());
  double squares = 0;
  for (float reward : rewards_G) squares += (reward - mean) * (reward - mean);
  stats.mean = float(mean);
  if (rewards_G.size() > 1)
    stats.std = float(std::sqrt(squares / double(rewards_G.size() - 1)));
  stats.all_equal = std::all_of(rewards_G.begin(), rewards_G.end(),
                                [&](float r) { return r == rewards_G[0]; });
  return stats;
}

std::vector<float> group_advantages(std::span<const float> rewards_G,
                                    AdvantageKind kind) {
  std::vector<float> advantages_G(rewards_G.size(), 0.0f);
  const GroupStats stats = group_stats(rewards_G);
  if (stats.all_equal) return advantages_G;  // exact zeros, no rounding residue
  const double n = double(rewards_G.size());
  double scale = 1.0;
  if (kind == AdvantageKind::kGrpo) scale = 1.0 / (double(stats.std) + 1e-6);
  if (kind == AdvantageKind::kRloo) scale = n / (n - 1.0);
  double sum = 0;
  for (float reward : rewards_G) sum += reward;
  for (std::size_t i = 0; i < rewards_G.size(); ++i)
    advantages_G[i] = float(scale * (double(rewards_G[i]) - sum / n));
  return advantages_G;
}

}  // namespace paperphone::rl
