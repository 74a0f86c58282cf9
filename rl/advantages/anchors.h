// Turns of one group that began in the same situation. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

#include "env/base/hash.h"

namespace paperphone::rl {

// An anchor is a hash of what the policy saw before it answered: the frame, or the
// state without its clock. What counts the steps taken would make every anchor unique.

struct TurnIndex {
  int trajectory = 0;  // of the group
  int turn = 0;        // of the trajectory
  bool operator==(const TurnIndex&) const = default;
};

// All turns of one anchor, by trajectory, then turn. A trajectory that comes back to an
// anchor is a member more than once.
using AnchorCluster = std::vector<TurnIndex>;

// anchors_GT  the G trajectories of ONE group, each with the anchors of its turns
// Returns     clusters in the order of their first members; every turn is in one
std::vector<AnchorCluster> anchor_clusters(
    std::span<const std::vector<Hash128>> anchors_GT);

// Whether there is anything to compare: without repeated anchors methods that rest on
// them fall back to the trajectory's advantage.
struct AnchorCounts {
  int turns = 0;
  int anchors = 0;            // distinct ones
  int repeated_anchors = 0;   // with two members or more
  int turns_at_repeated = 0;  // members of those
  void add(const AnchorCounts& other);
};
AnchorCounts count_anchors(std::span<const AnchorCluster> clusters);

}  // namespace paperphone::rl
