#include "env/phone/judge.h"

#include "env/base/overloaded.h"

namespace paperphone {

using task::TaskInstance;

namespace {

EndReason end_of(const PhoneEpisode& episode, const app::AppSet& apps,
                 const Action& action, bool earned, const Info& info) {
  const TaskInstance& task = *episode.task;
  const bool is_infeasible = !task.spec->infeasible.empty();
  bool reached = info.goal_holds;
  if (const auto* answer = std::get_if<Answer>(&action)) {
    reached = task::answer_matches(task, apps, answer->utf8);
  } else if (const auto* end = std::get_if<Terminate>(&action)) {
    const bool gives_up = end->status == TerminateStatus::kFailure;
    if (gives_up && !is_infeasible) return EndReason::kGaveUp;
    reached = is_infeasible ? gives_up : reached && task.spec->answer.empty();
  } else {
    return episode.step >= task.spec->max_steps ? EndReason::kStepLimit
                                                : EndReason::kOngoing;
  }
  if (!reached || !earned) return EndReason::kFalseComplete;
  return info.side_effects.empty() ? EndReason::kGoalReached : EndReason::kSideEffect;
}

}  // namespace

bool ends_episode(const Action& action) {
  return std::visit(
      Overloaded{[](const OneOf<Terminate, Answer> auto&) { return true; },
                 [](const OneOf<KeyPress, Click, LongPress, Swipe, TypeText,
                                SystemButton, OpenApp, Wait> auto&) { return false; }},
      action);
}

void judge(PhoneEpisode& episode, const app::AppSet& apps, const Action& action,
           bool last, bool earned, float progress_weight, StepResult& result) {
  Info& info = result.info;
  const TaskInstance& task = *episode.task;
  const app::World& world = episode.state.world;
  info.goal_holds = task::goal_holds(task, apps, world);
  info.progress = task::task_progress(task, apps, world);
  if (last || ends_episode(action) || episode.step >= task.spec->max_steps)
    info.side_effects = task::side_effects(task, apps, world);
  info.end_reason = end_of(episode, apps, action, earned, info);
  result.truncated = info.end_reason == EndReason::kStepLimit;
  result.terminated = info.end_reason != EndReason::kOngoing && !result.truncated;
  info.reward_breakdown.task = info.end_reason == EndReason::kGoalReached ? 1.0f : 0.0f;
  info.reward_breakdown.progress = progress_weight * (info.progress - episode.progress);
  episode.progress = info.progress;
  result.reward = info.reward_breakdown.total();
}

}  // namespace paperphone
