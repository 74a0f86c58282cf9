#include "rl/rollout/recorder.h"

#include <utility>

namespace paperphone::rl {

using agent::PolicyOutput;
using data::Trajectory;
using data::TrajectoryStep;

void Recorder::begin(Trajectory start, const Info& info, int max_turns) {
  trajectory_ = std::move(start);
  trajectory_.initial_state_hash = info.state_hash;
  trajectory_.initial_frame_hash = info.frame_hash;
  trajectory_.initial_screen_id = info.screen_id;
  history_.clear();
  page_ = {};
  label_ = nullptr;
  progress_ = 0.0f;
  max_turns_ = max_turns;
  over_ = false;
}

float Recorder::progress() const { return trajectory_.success ? 1.0f : progress_; }

TrajectoryStep Recorder::begin_step(PolicyOutput&& decision) {
  TrajectoryStep step;
  step.action = decision.action.value_or(Wait{0});
  step.response = std::move(decision.response);
  step.sentence = std::move(decision.sentence);
  step.well_formed = decision.well_formed;
  step.page_hash = page_;
  if (const Advice* advice = std::exchange(label_, nullptr)) {
    step.thought = advice->thought;
    step.expert_distance = advice->distance;
    step.acceptable = decision.action && decision.in_bounds &&
                      is_acceptable(*advice, *decision.action);
  }
  return step;
}

void Recorder::add(PolicyOutput&& decision, const RowResult& result) {
  std::string note = std::move(decision.note);
  TrajectoryStep step = begin_step(std::move(decision));
  const Info& info = *result.info;
  step.outcome = info.outcome;
  step.reward = result.reward;
  step.reward_breakdown = info.reward_breakdown;
  step.screen_id = info.screen_id;
  step.state_hash = info.state_hash;
  step.frame_hash = info.frame_hash;
  step.terminated = result.terminated;
  step.truncated = result.truncated;
  progress_ = info.progress;
  trajectory_.end_reason = info.end_reason;
  finish_step(std::move(step), std::move(note), result.changed);
}

void Recorder::add_lost(PolicyOutput&& decision) {
  std::string note = std::move(decision.note);
  TrajectoryStep step = begin_step(std::move(decision));
  step.outcome = ActionOutcome::kInvalid;
  const bool first = trajectory_.steps.empty();
  const TrajectoryStep* last = first ? nullptr : &trajectory_.steps.back();
  step.screen_id = first ? trajectory_.initial_screen_id : last->screen_id;
  step.state_hash = first ? trajectory_.initial_state_hash : last->state_hash;
  step.frame_hash = first ? trajectory_.initial_frame_hash : last->frame_hash;
  finish_step(std::move(step), std::move(note), /*changed=*/false);
}

void Recorder::finish_step(TrajectoryStep&& step, std::string&& note, bool changed) {
  history_.push_back({.sentence = step.sentence,
                      .action = step.action,
                      .outcome = step.outcome,
                      .note = std::move(note),
                      .changed = changed});
  over_ = step.terminated || step.truncated;
  if (!over_ && int(history_.size()) >= max_turns_) {
    over_ = step.truncated = true;
    trajectory_.end_reason = EndReason::kStepLimit;
  }
  if (over_) trajectory_.success = trajectory_.end_reason == EndReason::kGoalReached;
  trajectory_.steps.push_back(std::move(step));
}

}  // namespace paperphone::rl
