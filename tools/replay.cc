#include "tools/replay.h"

#include <fmt/format.h>

namespace paperphone::tools {

using data::TrajectoryStep;

namespace {

// An episode recorded without pixels has no frame hashes to compare.
bool differs(const Hash128& recorded, const Hash128& now) {
  return recorded != Hash128{} && recorded != now;
}

std::string compare(const TrajectoryStep& recorded, const StepResult& now) {
  if (recorded.outcome != now.info.outcome)
    return fmt::format("outcome {}, recorded {}", outcome_name(now.info.outcome),
                       outcome_name(recorded.outcome));
  if (differs(recorded.state_hash, now.info.state_hash))
    return fmt::format("state {}, recorded {}", now.info.state_hash.hex(),
                       recorded.state_hash.hex());
  if (differs(recorded.frame_hash, now.info.frame_hash))
    return fmt::format("frame {}, recorded {}", now.info.frame_hash.hex(),
                       recorded.frame_hash.hex());
  if (recorded.screen_id != now.info.screen_id)
    return fmt::format("screen {}, recorded {}", now.info.screen_id,
                       recorded.screen_id);
  if (recorded.reward_breakdown.task != now.info.reward_breakdown.task)
    return fmt::format("task reward {}, recorded {}", now.info.reward_breakdown.task,
                       recorded.reward_breakdown.task);
  return "";
}

}  // namespace

std::string replay(PhoneEnv& env, const data::Trajectory& trajectory,
                   const OnScreen& on_screen) {
  // A task drawn from the seed is drawn again; naming it would be another episode.
  const ResetResult start = env.reset(trajectory.seed, trajectory.options);
  if (env.task_id() != trajectory.task_id)
    return fmt::format("task {}, recorded {}", env.task_id(), trajectory.task_id);
  if (differs(trajectory.initial_state_hash, start.info.state_hash))
    return fmt::format("at the start: state {}, recorded {}",
                       start.info.state_hash.hex(),
                       trajectory.initial_state_hash.hex());
  if (differs(trajectory.initial_frame_hash, start.info.frame_hash))
    return fmt::format("at the start: frame {}, recorded {}",
                       start.info.frame_hash.hex(),
                       trajectory.initial_frame_hash.hex());
  ImageView screen = start.observation.screen;
  bool over = false;
  for (std::size_t i = 0; i < trajectory.steps.size(); ++i) {
    const TrajectoryStep& step = trajectory.steps[i];
    if (on_screen) on_screen(i, screen);
    if (step.outcome == ActionOutcome::kInvalid) continue;  // nothing was applied
    if (over) return fmt::format("step {}: the episode is over already", i + 1);
    const StepResult now = env.step(step.action);
    screen = now.observation.screen;
    over = now.terminated || now.truncated;
    const std::string difference = compare(step, now);
    if (!difference.empty()) return fmt::format("step {}: {}", i + 1, difference);
    if (over && now.info.end_reason != trajectory.end_reason)
      return fmt::format("step {}: end {}, recorded {}", i + 1,
                         end_reason_name(now.info.end_reason),
                         end_reason_name(trajectory.end_reason));
  }
  if (on_screen) on_screen(trajectory.steps.size(), screen);
  return "";
}

}  // namespace paperphone::tools
