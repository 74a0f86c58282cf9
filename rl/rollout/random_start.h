// Random actions before the policy's turn: does it find the goal from anywhere?
#pragma once

#include <cstdint>
#include <vector>

#include "rl/rollout/rollout.h"

namespace paperphone::rl {

// What the random actions have made of the task.
enum class RandomStartEffect : std::uint8_t {
  kNone,        // there were none, or the task stands as before
  kSolved,      // the goal holds already
  kImpossible,  // a row that the task names is gone; or its parameters would not be
                // drawn any more, and the policy has not reached the goal either
};

// For the jobs of one run. After its random actions, none of which ends the episode, a
// job's task is set anew, with the same parameters and all its steps; side effects
// count from there. Such episodes cannot be replayed from their trajectories.
class RandomStarts {
 public:
  // `actions` of them before each episode; 0: none.
  RandomStarts(int actions, std::size_t num_jobs);

  // Lets the runner make them, and skip what they have decided. Must outlive the run.
  void add_to(RolloutOptions& options);

  RandomStartEffect effect(const Rollout& rollout) const;
  bool changed_data(const Rollout& rollout) const;

 private:
  struct Start {
    RandomStartEffect effect = RandomStartEffect::kNone;
    bool changed_data = false;
    bool doubtful = false;  // its parameters would not be drawn any more
  };
  bool prepare(Start& start, const EpisodeJob& job, PhoneEnv& phone) const;

  int actions_;
  std::vector<Start> starts_;
};

}  // namespace paperphone::rl
