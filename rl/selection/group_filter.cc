#include "rl/selection/group_filter.h"

#include <cstddef>

#include "rl/losses/advantage.h"

namespace paperphone::rl {

GroupFilter groups_with_spread(std::span<const std::vector<float>> rewards_by_group,
                               double min_std) {
  GroupFilter filter;
  for (std::size_t g = 0; g < rewards_by_group.size(); ++g) {
    const GroupStats stats = group_stats(rewards_by_group[g]);
    // Equal rewards may have a deviation of rounding errors.
    if (!stats.all_equal && stats.std > min_std)
      filter.kept.push_back(int(g));
    else
      ++filter.equal;
  }
  return filter;
}

bool wants_another_round(const DynamicSampling& sampling, int groups_kept,
                         int rounds_sampled) {
  return groups_kept < sampling.groups_per_update &&
         rounds_sampled < sampling.max_rounds;
}

}  // namespace paperphone::rl
