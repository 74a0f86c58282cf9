// DAPO's dynamic sampling: groups whose rewards are all equal teach nothing and are
// sampled anew. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

struct GroupFilter {
  std::vector<int> kept;  // indices of groups with spread, in order
  int equal = 0;          // groups left out
};

// rewards_by_group  groups, each with the final rewards of its trajectories; for DAPO's
//                   rule the goal's alone, 0/1
// min_std           unbiased deviation that a group must exceed, in the reward's unit
// Source: arXiv:2503.14476, section 3.2; verl, docs/algo/dapo.md (filter_groups).
GroupFilter groups_with_spread(std::span<const std::vector<float>> rewards_by_group,
                               double min_std = 0.0);

// Whether another round of sampling is due. Without an end, a policy that always fails
// would sample for ever.
struct DynamicSampling {
  int groups_per_update = 1;  // wanted
  int max_rounds = 10;        // of sampling for one update
};
bool wants_another_round(const DynamicSampling& sampling, int groups_kept,
                         int rounds_sampled);

}  // namespace paperphone::rl
