// From what a policy decides and what the phone answers to a trajectory.
#pragma once

#include <span>
#include <vector>

#include "agent/policy.h"
#include "data/trajectory.h"
#include "env/advice.h"

namespace paperphone::rl {

// One step's result, as a VectorEnv's row gives it.
struct RowResult {
  float reward = 0.0f;
  bool terminated = false;
  bool truncated = false;
  bool changed = true;  // HistoryStep::changed
  const Info* info = nullptr;
};

// Records one episode. The end is the phone's, or comes when max_turns decisions are
// made, those that could not be read among them: then it is a step limit.
class Recorder {
 public:
  // `start`: seed, options, task, instruction, provenance. info: of the reset.
  void begin(data::Trajectory start, const Info& info, int max_turns);

  // What stands on the screen before the decision that comes next.
  void at_page(const Hash128& page) { page_ = page; }
  // What the expert said before the decision that comes next, kept with it.
  void label(const Advice& advice) { label_ = &advice; }
  void add(agent::PolicyOutput&& decision, const RowResult& result);
  // A response without an action: it costs a turn and changes nothing on the phone.
  void add_lost(agent::PolicyOutput&& decision);

  bool over() const { return over_; }
  float progress() const;  // share of milestones: 1 after a success
  int max_turns() const { return max_turns_; }
  std::span<const agent::HistoryStep> history() const { return history_; }
  const data::Trajectory& trajectory() const { return trajectory_; }
  data::Trajectory take() { return std::move(trajectory_); }

 private:
  data::TrajectoryStep begin_step(agent::PolicyOutput&& decision);
  void finish_step(data::TrajectoryStep&& step, std::string&& note, bool changed);

  data::Trajectory trajectory_;
  std::vector<agent::HistoryStep> history_;
  Hash128 page_;
  const Advice* label_ = nullptr;  // not owned; null: none
  float progress_ = 0.0f;
  int max_turns_ = 0;
  bool over_ = false;
};

}  // namespace paperphone::rl
