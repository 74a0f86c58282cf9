#include "rl/rollout/replay.h"

#include <fmt/format.h>

namespace paperphone::rl {

using agent::Policy;
using agent::PolicyInput;
using agent::PolicyOutput;
using data::Trajectory;
using data::TrajectoryStep;

namespace {

class RecordedPolicy : public Policy {
 public:
  explicit RecordedPolicy(std::span<const Trajectory> recorded) : recorded_(recorded) {}
  std::string name() const override { return "replay"; }

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    std::vector<PolicyOutput> outputs;
    for (const PolicyInput& input : inputs) {
      PolicyOutput& output = outputs.emplace_back();
      const auto& steps = recorded_[input.episode].steps;
      if (input.history.size() >= steps.size()) {  // a record without steps
        output.action = Terminate{TerminateStatus::kFailure};
        continue;
      }
      const TrajectoryStep& step = steps[input.history.size()];
      if (step.outcome != ActionOutcome::kInvalid) output.action = step.action;
      output.response = step.response;
      output.sentence = step.sentence;
      output.well_formed = step.well_formed;
      output.in_bounds = step.outcome != ActionOutcome::kOutOfBounds;
    }
    return outputs;
  }

  const std::span<const Trajectory> recorded_;
};

// An episode recorded without pixels has no frame hashes to compare.
bool differs(const Hash128& recorded, const Hash128& now) {
  return recorded != Hash128{} && recorded != now;
}

std::string compare(const TrajectoryStep& recorded, const TrajectoryStep& now) {
  if (recorded.outcome != now.outcome)
    return fmt::format("outcome {}, recorded {}", outcome_name(now.outcome),
                       outcome_name(recorded.outcome));
  if (differs(recorded.state_hash, now.state_hash))
    return fmt::format("state {}, recorded {}", now.state_hash.hex(),
                       recorded.state_hash.hex());
  if (differs(recorded.frame_hash, now.frame_hash))
    return fmt::format("frame {}, recorded {}", now.frame_hash.hex(),
                       recorded.frame_hash.hex());
  if (recorded.screen_id != now.screen_id)
    return fmt::format("screen {}, recorded {}", now.screen_id, recorded.screen_id);
  if (recorded.reward_breakdown.task != now.reward_breakdown.task)
    return fmt::format("task reward {}, recorded {}", now.reward_breakdown.task,
                       recorded.reward_breakdown.task);
  return "";
}

std::string compare_start(const Trajectory& recorded, const Trajectory& now) {
  if (now.task_id != recorded.task_id)
    return fmt::format("task {}, recorded {}", now.task_id, recorded.task_id);
  if (differs(recorded.initial_state_hash, now.initial_state_hash))
    return fmt::format("at the start: state {}, recorded {}",
                       now.initial_state_hash.hex(), recorded.initial_state_hash.hex());
  if (differs(recorded.initial_frame_hash, now.initial_frame_hash))
    return fmt::format("at the start: frame {}, recorded {}",
                       now.initial_frame_hash.hex(), recorded.initial_frame_hash.hex());
  return "";
}

}  // namespace

void replay(RolloutRunner& runner, std::span<const Trajectory> recorded,
            const std::function<void(Rollout&&)>& on_done,
            const std::function<void(const EpisodeView&)>& observe) {
  std::vector<EpisodeJob> jobs;
  // A task drawn from the seed is drawn again; naming it would be another episode.
  for (const Trajectory& trajectory : recorded)
    jobs.push_back({.seed = trajectory.seed,
                    .options = trajectory.options,
                    .max_turns = int(trajectory.steps.size())});
  RecordedPolicy policy(recorded);
  runner.run(jobs, policy, {.observe = observe}, on_done);
}

std::string first_difference(const Trajectory& recorded, const Trajectory& now) {
  const std::string start = compare_start(recorded, now);
  if (!start.empty()) return start;
  for (std::size_t i = 0; i < recorded.steps.size(); ++i) {
    if (recorded.steps[i].outcome == ActionOutcome::kInvalid)
      continue;  // changed nothing
    if (i >= now.steps.size())
      return fmt::format("step {}: the episode is over already", i + 1);
    const std::string difference = compare(recorded.steps[i], now.steps[i]);
    if (!difference.empty()) return fmt::format("step {}: {}", i + 1, difference);
  }
  if (now.end_reason != recorded.end_reason &&
      recorded.end_reason != EndReason::kOngoing)
    return fmt::format("step {}: end {}, recorded {}", recorded.steps.size(),
                       end_reason_name(now.end_reason),
                       end_reason_name(recorded.end_reason));
  return "";
}

}  // namespace paperphone::rl
