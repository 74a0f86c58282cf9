// ARPO's experience replay: a group in which everybody failed gets one stored success.
#pragma once

#include <optional>
#include <span>

#include "env/base/rng.h"

namespace paperphone::rl {

// A group is replayed into if its rewards have both less spread and a lower mean.
struct ReplayRule {
  double max_std = 0.05;  // unbiased, in the reward's unit
  double max_mean = 0.2;
};

struct Replay {
  int sample = 0;  // of the group: the one that is replaced
  int stored = 0;  // success that takes its place
  bool operator==(const Replay&) const = default;
};

// rewards_G   [G] final rewards of ONE group
// num_stored  successes of its task that are stored
// rng         draws one of them
// Returns     nothing if the group is to stay as it is: it has spread, it succeeds, it
// is
//             empty, or no success is stored
// A stored success was sampled by an older policy, so its tokens keep the
// log-probabilities of then as the old ones.
// Source: ARPO, arXiv:2505.16282; dvlab-research/ARPO, verl/trainer/ray_trainer.py and
// replay_buffer.py (the last 8 successes of a task are kept there).
std::optional<Replay> replay_for(std::span<const float> rewards_G, int num_stored,
                                 Rng rng, const ReplayRule& rule = {});

}  // namespace paperphone::rl
