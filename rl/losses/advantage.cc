#include "rl/losses/advantage.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/base/check.h"

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
  double sum = 0;
  for (float reward : rewards_G) sum += reward;
  const auto against_the_mean = [&](double scale) {
    for (std::size_t i = 0; i < rewards_G.size(); ++i)
      advantages_G[i] = float(scale * (double(rewards_G[i]) - sum / n));
    return advantages_G;
  };
  switch (kind) {
    case AdvantageKind::kGrpo:
      return against_the_mean(1.0 / (double(stats.std) + 1e-6));
    case AdvantageKind::kDrGrpo:
      return against_the_mean(1.0);
    case AdvantageKind::kRloo:
      return against_the_mean(n / (n - 1.0));
    case AdvantageKind::kPassK: {
      // The best without one is the best, unless it is the one.
      const auto best = std::ranges::max_element(rewards_G);
      float second = -std::numeric_limits<float>::infinity();
      for (auto other = rewards_G.begin(); other != rewards_G.end(); ++other)
        if (other != best) second = std::max(second, *other);
      advantages_G[std::size_t(best - rewards_G.begin())] = *best - second;
      return advantages_G;
    }
  }
  CHECK_TRUE(false);
  return {};
}

}  // namespace paperphone::rl
