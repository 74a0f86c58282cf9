// How good a policy is: success on a list of episodes, by app, split, task and end.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "rl/rollout/random_start.h"
#include "rl/rollout/rollout.h"

namespace paperphone::data {
class TrajectoryStore;
}

namespace paperphone::rl {

class EvalReport {
 public:
  explicit EvalReport(std::string policy) : policy_(std::move(policy)) {}
  void add(const Rollout& rollout);
  // An episode that the random actions before it have decided: it counts as none.
  void leave_out(const Rollout& rollout, RandomStartEffect why);
  void count_disturbed() { ++disturbed_; }  // random actions before it changed data

  double success_rate() const { return all_.success_rate(); }
  double mean_steps() const { return all_.mean_steps(); }
  double format_error_rate() const;  // share of turns that were not well formed
  double out_of_bounds_rate() const;  // share of turns that pointed off the screen
  double progress() const;           // mean share of milestones

  // policy, episodes, success_rate, by_app, by_split and by_task (name -> episodes,
  // success_rate, mean_steps), format_error_rate, out_of_bounds_rate, mean_steps,
  // mean_success_steps, progress, ends (reason -> episodes), left_out (solved, impossible: task ->
  // episodes) and disturbed (episodes), if there are any.
  nlohmann::ordered_json to_json() const;
  std::string to_text() const;  // a small table

 private:
  struct Count {
    int episodes = 0;
    int successes = 0;
    int steps = 0;
    double success_rate() const {
      return episodes ? double(successes) / episodes : 0.0;
    }
    double mean_steps() const { return episodes ? double(steps) / episodes : 0.0; }
  };
  static nlohmann::ordered_json counts_json(const std::map<std::string, Count>& counts);

  std::string policy_;
  Count all_;
  std::map<std::string, Count> by_app_;
  std::map<std::string, Count> by_split_;
  std::map<std::string, Count> by_task_;
  std::map<std::string, int> ends_;
  std::map<std::string, std::map<std::string, int>> left_out_;  // by why, by task
  int disturbed_ = 0;
  int format_errors_ = 0;
  int out_of_bounds_ = 0;
  int success_steps_ = 0;
  double progress_ = 0.0;  // summed
};

struct EvalOptions {
  std::uint64_t seed = 1;                  // of the decisions
  double noise = 0.0;                      // RolloutOptions::noise
  int random_first = 0;                    // random actions before the policy's turn
  std::string policy_name;                 // empty: the policy's own
  data::TrajectoryStore* store = nullptr;  // not owned; null: none are kept
  std::function<void(int finished)> on_progress = {};
};

// Throws ConfigError (a job names what is not there), DataError (store).
EvalReport evaluate(RolloutRunner& runner, std::span<const EpisodeJob> jobs,
                    agent::Policy& policy, const EvalOptions& options);

}  // namespace paperphone::rl
