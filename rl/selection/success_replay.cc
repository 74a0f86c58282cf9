#include "rl/selection/success_replay.h"

#include "rl/losses/advantage.h"

namespace paperphone::rl {

std::optional<Replay> replay_for(std::span<const float> rewards_G, int num_stored,
                                 Rng rng, const ReplayRule& rule) {
  if (rewards_G.empty() || num_stored <= 0) return std::nullopt;
  const GroupStats stats = group_stats(rewards_G);
  if (stats.std >= rule.max_std || stats.mean >= rule.max_mean) return std::nullopt;
  return Replay{.sample = 0, .stored = int(rng.below(std::uint64_t(num_stored)))};
}

}  // namespace paperphone::rl
