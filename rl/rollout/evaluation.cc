#include "rl/rollout/evaluation.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "data/store.h"
#include "env/base/utf8.h"

namespace paperphone::rl {

using agent::Policy;
using data::Trajectory;
using data::TrajectoryStep;

void EvalReport::add(const Rollout& rollout) {
  const Trajectory& trajectory = rollout.trajectory;
  const auto steps = int(trajectory.steps.size());
  for (Count* count : {&all_, &by_app_[trajectory.app_id], &by_split_[trajectory.split],
                       &by_task_[trajectory.task_id]}) {
    ++count->episodes;
    count->successes += trajectory.success ? 1 : 0;
    count->steps += steps;
  }
  ++ends_[std::string(end_reason_name(trajectory.end_reason))];
  for (const TrajectoryStep& step : trajectory.steps) {
    out_of_bounds_ += step.outcome == ActionOutcome::kOutOfBounds ? 1 : 0;
    format_errors_ += step.well_formed ? 0 : 1;
  }
  if (trajectory.success) success_steps_ += steps;
  progress_ += rollout.progress;
}

void EvalReport::leave_out(const Rollout& rollout, RandomStartEffect why) {
  const char* name = why == RandomStartEffect::kSolved ? "solved" : "impossible";
  ++left_out_[name][rollout.trajectory.task_id];
}

double EvalReport::format_error_rate() const {
  return all_.steps == 0 ? 0.0 : double(format_errors_) / all_.steps;
}

double EvalReport::out_of_bounds_rate() const {
  return all_.steps == 0 ? 0.0 : double(out_of_bounds_) / all_.steps;
}

double EvalReport::progress() const {
  return all_.episodes == 0 ? 0.0 : progress_ / all_.episodes;
}

nlohmann::ordered_json EvalReport::counts_json(
    const std::map<std::string, Count>& counts) {
  auto out = nlohmann::ordered_json::object();
  for (const auto& [name, count] : counts)
    out[name] = {{"episodes", count.episodes},
                 {"success_rate", count.success_rate()},
                 {"mean_steps", count.mean_steps()}};
  return out;
}

nlohmann::ordered_json EvalReport::to_json() const {
  nlohmann::ordered_json out;
  out["policy"] = escape_bytes(policy_);
  out["episodes"] = all_.episodes;
  out["success_rate"] = all_.success_rate();
  out["by_app"] = counts_json(by_app_);
  out["by_split"] = counts_json(by_split_);
  out["format_error_rate"] = format_error_rate();
  out["out_of_bounds_rate"] = out_of_bounds_rate();
  out["mean_steps"] = all_.mean_steps();
  out["mean_success_steps"] =
      all_.successes == 0 ? 0.0 : double(success_steps_) / all_.successes;
  out["progress"] = progress();
  out["by_task"] = counts_json(by_task_);
  out["ends"] = ends_;
  if (disturbed_ > 0) out["disturbed"] = disturbed_;
  if (!left_out_.empty()) out["left_out"] = left_out_;
  return out;
}

std::string EvalReport::to_text() const {
  const auto row = [](std::string_view name, const Count& count) {
    return fmt::format("{:<32} {:>8} {:>8.1f}% {:>8.1f}\n", name, count.episodes,
                       100 * count.success_rate(), count.mean_steps());
  };
  std::string text = fmt::format("{:<32} {:>8} {:>9} {:>8}\n", policy_, "episodes",
                                 "success", "steps");
  for (const auto& [app, count] : by_app_) text += row(app, count);
  if (by_split_.size() > 1)
    for (const auto& [split, count] : by_split_) text += row("split " + split, count);
  text += row("all", all_);
  for (const auto& [reason, episodes] : ends_)
    text += fmt::format("  {:<30} {:>8}\n", reason, episodes);
  if (format_errors_ > 0)
    text += fmt::format("  {:<30} {:>8}\n", "turns not well formed", format_errors_);
  if (out_of_bounds_ > 0)
    text += fmt::format("  {:<30} {:>8}\n", "turns out of bounds", out_of_bounds_);
  if (disturbed_ > 0)
    text += fmt::format("  {:<30} {:>8}\n", "data changed beforehand", disturbed_);
  for (const auto& [why, tasks] : left_out_) {
    int episodes = 0;
    for (const auto& [task, count] : tasks) episodes += count;
    text += fmt::format("  {:<30} {:>8}\n", "left out, " + why, episodes);
    for (const auto& [task, count] : tasks)
      text += fmt::format("    {:<28} {:>8}\n", task, count);
  }
  for (const auto& [task, count] : by_task_)
    if (count.successes > 0 && count.successes < count.episodes)
      text += row("  " + task, count);
  return text;
}

EvalReport evaluate(RolloutRunner& runner, std::span<const EpisodeJob> jobs,
                    Policy& policy, const EvalOptions& options) {
  RolloutOptions rollout_options{
      .seed = options.seed, .noise = options.noise, .policy_name = options.policy_name};
  RandomStarts starts(options.random_first, jobs.size());
  starts.add_to(rollout_options);
  EvalReport report(options.policy_name.empty() ? policy.name() : options.policy_name);
  int finished = 0;
  runner.run(jobs, policy, rollout_options, [&](Rollout&& rollout) {
    if (starts.changed_data(rollout)) report.count_disturbed();
    const RandomStartEffect effect = starts.effect(rollout);
    if (effect == RandomStartEffect::kNone)
      report.add(rollout);
    else
      report.leave_out(rollout, effect);
    if (options.store != nullptr) options.store->append(rollout.trajectory);
    if (options.on_progress) options.on_progress(++finished);
  });
  return report;
}

}  // namespace paperphone::rl
