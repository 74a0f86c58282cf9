// What `paperphone eval` says about a policy.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "data/trajectory.h"

namespace paperphone::tools {

class EvalReport {
 public:
  explicit EvalReport(std::string policy) : policy_(std::move(policy)) {}
  void add(const data::Trajectory& trajectory, float progress);
  void count_disturbed() { ++disturbed_; }  // random actions before it changed data
  // An episode that random actions before it have decided: it counts as none.
  void leave_out(const std::string& task_id, bool done);

  // policy, episodes, success_rate, by_app, by_split and by_task (name -> episodes,
  // success_rate), format_error_rate (share of turns), mean_steps, progress (mean
  // share of milestones), ends (reason -> episodes), left_out (done, impossible: task ->
  // episodes) and disturbed (episodes), if there are any.
  nlohmann::ordered_json to_json() const;
  std::string to_text() const;  // a small table

 private:
  struct Count {
    int episodes = 0;
    int successes = 0;
    int steps = 0;
    double success_rate() const {
      return episodes == 0 ? 0.0 : static_cast<double>(successes) / episodes;
    }
    double mean_steps() const {
      return episodes == 0 ? 0.0 : static_cast<double>(steps) / episodes;
    }
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
  double progress_ = 0.0;
};

}  // namespace paperphone::tools
