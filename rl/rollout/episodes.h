// Runs episodes side by side: one batched decision for all running phones, then one
// step of each. Used by task-level GRPO and by evaluation.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agent/text/sample.h"
#include "data/trajectory.h"
#include "rl/rollout/phones.h"

namespace paperphone::agent {
class VlmPolicy;
}  // namespace paperphone::agent

namespace paperphone::rl {

struct EpisodeJob {
  EpisodeStart start;
  // Start from here instead of a reset: the same for every rollout of a group.
  std::optional<Snapshot> snapshot;
};

struct EpisodeRun {
  data::Trajectory trajectory;
  std::vector<agent::Sample> samples;  // one per turn; empty unless kept
  float progress = 0.0f;        // share of milestones at the end
  int max_steps = 0;            // the turns it was allowed
};

// One sample per input, in order. A plain policy fills only Sample::output.
using Decider = std::function<std::vector<agent::Sample>(std::span<const agent::PolicyInput>)>;
Decider decide_with(agent::Policy& policy);      // not owned
Decider decide_with_samples(agent::VlmPolicy& policy);  // not owned

struct EpisodesOptions {
  int num_envs = 16;          // episodes running at a time
  int max_turns = 0;          // 0: each task's own limit
  bool pixels = true;
  bool wants_advice = false;  // hand the expert's advice to the policy
  bool keep_samples = false;
  std::uint64_t seed = 1;     // of the decisions
  std::string policy_name;    // provenance
  std::string app_set_hash;
  int threads = 1;            // for stepping the phones
  std::function<void(int)> on_progress = {};  // finished episodes; may be empty
};

// Runs in the order of the jobs. A response that cannot be parsed costs a turn and
// changes nothing on the phone (outcome kInvalid).
std::vector<EpisodeRun> run_episodes(const Phones& phones,
                                     std::span<const EpisodeJob> jobs,
                                     const Decider& decide,
                                     const EpisodesOptions& options);

}  // namespace paperphone::rl
