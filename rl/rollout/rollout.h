// Plays episodes side by side, on the rows of a VectorEnv. All experience comes from
// here: evaluations, demonstrations, rollouts for training, replays.
//
// For policies that want batches: one decision for all rows, one step of each, again.
// Which rows form a batch follows from step counts and row numbers alone, never from a
// clock: a row whose episode ends begins the next one before the next decision, the
// lowest row first, so batches are full as long as episodes remain. For the others each
// thread plays whole episodes on a phone of its own, and a batch is one row: nobody
// waits, and the phones stay in their core's cache.
//
// An episode is a function of its job, the options' seed and the policy; so results are
// the same to the bit for any number of threads, and for any number of rows unless the
// policy itself depends on its batch.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "agent/policy.h"
#include "data/trajectory.h"
#include "rl/rollout/jobs.h"
#include "rl/rollout/phones.h"

namespace paperphone::rl {

// One episode as it was played. Number `episode` is the member `episode % group_size`
// of the group that job number `episode / group_size` asks for.
struct Rollout {
  std::size_t episode = 0;
  data::Trajectory trajectory;
  float progress = 0.0f;  // share of milestones at the end, 1 after a success
  int max_turns = 0;      // the turns it was allowed
  bool skipped =
      false;  // RolloutOptions::prepare wanted none of it: there are no steps
};

// An episode as it stands before a decision, or at its end. Looks into the runner:
// valid during the call.
struct EpisodeView {
  std::size_t episode = 0;
  PhoneEnv& phone;
  ImageView screen;                    // empty without pixels
  const data::Trajectory& trajectory;  // the steps so far
  std::span<const agent::HistoryStep> history;
  std::span<const ImageView> earlier;  // screens before it: RolloutOptions::earlier_screens
  const Advice* advice = nullptr;  // null: nobody wants it now
  bool over = false;               // no decision follows
};

struct RolloutOptions {
  std::uint64_t seed = 1;  // of the decisions
  int group_size = 1;      // episodes per job, all from one snapshot
  double noise = 0.0;   // chance of a wrong turn instead of a decision (exploration.h)
  bool labels = false;  // records the expert's thought, distance and verdict
  int earlier_screens = 0;  // for the observer; the policy gets what it wants
  std::string policy_name;  // provenance; empty: the policy's own

  // Both are called on worker threads, for several episodes at once; for one episode in
  // the order of what happens to it.
  // Once, right after the reset: may act on the phone. false: the episode is skipped.
  // REQUIRES: group_size is 1.
  std::function<bool(std::size_t episode, const EpisodeJob& job, PhoneEnv& phone)>
      prepare;
  // Before every decision, and at the end.
  std::function<void(const EpisodeView& view)> observe;
};

struct RunnerConfig {
  // Phones that run side by side, the size of a batch. 0: one for each thread, and no
  // batches; the policy is asked on those threads, one at a time.
  int num_rows = 0;
  int num_threads = 1;  // that step the phones and ask their experts
  bool pixels = true;   // screens for policy and observer, hashes of frames
};

// Not thread-safe. Its phones are kept from one run() to the next.
class RolloutRunner {
 public:
  RolloutRunner(const Phones& phones, const RunnerConfig& config);
  ~RolloutRunner();

  const ActionSpace& action_space() const;

  // Plays group_size episodes of every job. on_done is called from this thread, in the
  // order of the episodes; what is finished early waits for its turn, and is little: a
  // trajectory for each episode that other rows play while the longest one lasts.
  // Of what a phone, its expert or a callback throws, the first episode's error is
  // thrown here, with its kind, when all episodes before that one were handed over:
  // "job 3 (shop/pay, seed 17): ...".
  void run(std::span<const EpisodeJob> jobs, agent::Policy& policy,
           const RolloutOptions& options,
           const std::function<void(Rollout&&)>& on_done);

 private:
  struct Rows;
  struct Run;
  class Rounds;
  class Apart;
  std::unique_ptr<Rows> rows_;
};

}  // namespace paperphone::rl
