// Episodes of a policy on simulated phones, recorded as trajectories. For policies
// that decide one at a time (expert, random, ...); models batch their decisions in
// rl/rollout/episodes.h. Same jobs, same records.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/policy.h"
#include "data/trajectory.h"
#include "env/phone/phone_env.h"

namespace paperphone::tools {

struct EpisodeJob {
  std::uint64_t seed = 0;
  ResetOptions options;
};

struct JobFilter {
  std::string split;  // empty: every task
  std::vector<std::string> apps = {};  // ids, "cross" among them; empty: all
  std::string task;                    // empty: all
  Variation variation;
};
// Templates in turn, so that `count` episodes cover them evenly; episode i is the same
// whatever the policy. Throws ConfigError: unknown split, app or task; nothing left.
std::vector<EpisodeJob> make_jobs(const app::AppSet& apps, const JobFilter& filter,
                                  std::uint64_t seed, int count);

// What random actions before the policy's turn have made of the task.
enum class Prelude : std::uint8_t {
  kNone,        // there were none, or the task stands as before
  kDone,        // the goal holds already
  kImpossible,  // a row that the task names is gone; or its parameters would not be
                // drawn any more, and the policy has not reached the goal either
};

struct Episode {
  data::Trajectory trajectory;
  float progress = 0.0f;  // share of milestones at the end
  Prelude prelude = Prelude::kNone;
  bool data_changed_first = false;  // by random actions before the policy's turn
};

using PolicyFactory =
    std::function<std::unique_ptr<agent::Policy>(const ActionSpace& action_space)>;
// random, expert, noisy-expert, noop; an empty function for any other name.
PolicyFactory builtin_policy(const std::string& name, double noise);
inline constexpr const char* kBuiltinPolicies = "random, expert, noisy-expert, noop";

struct EpisodesConfig {
  int threads = 1;
  bool pixels = true;   // frame hashes in the record
  bool labels = false;  // the expert's thought, distance and verdict at every step
  std::string policy_name;
  // Actions at random before the policy's turn, half of them touches of what can be
  // touched; the task is then posed anew, with all its steps. Such episodes cannot be replayed from their trajectory.
  int random_first = 0;
};

// Runs all jobs, each thread with phones and a policy of its own; on_done is called
// from the caller's thread, in the order of the jobs. An error in a job is rethrown
// after those before it were handed over.
void run_episodes(const std::shared_ptr<const PhoneShared>& shared,
                  const std::vector<EpisodeJob>& jobs, const PolicyFactory& make_policy,
                  const EpisodesConfig& config,
                  const std::function<void(Episode&&)>& on_done);

// "train" ... as asked for; without a split "seen" or "unseen", by the template.
std::string split_of_job(const app::AppSet& apps, const ResetOptions& options,
                         const std::string& task_id);

}  // namespace paperphone::tools
