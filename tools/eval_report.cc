#include "tools/eval_report.h"

#include <fmt/format.h>

namespace paperphone::tools {

void EvalReport::add(const data::Trajectory& trajectory, float progress) {
  for (Count* count : {&all_, &by_app_[trajectory.app_id], &by_split_[trajectory.split],
                       &by_task_[trajectory.task_id]}) {
    ++count->episodes;
    count->successes += trajectory.success ? 1 : 0;
    count->steps += static_cast<int>(trajectory.steps.size());
  }
  ++ends_[std::string(end_reason_name(trajectory.end_reason))];
  for (const data::TrajectoryStep& step : trajectory.steps)
    format_errors_ += step.well_formed ? 0 : 1;
  progress_ += progress;
}

void EvalReport::leave_out(const std::string& task_id, bool done) {
  ++left_out_[done ? "done" : "impossible"][task_id];
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
  out["policy"] = policy_;
  out["episodes"] = all_.episodes;
  out["success_rate"] = all_.success_rate();
  out["by_app"] = counts_json(by_app_);
  out["by_split"] = counts_json(by_split_);
  out["format_error_rate"] =
      all_.steps == 0 ? 0.0 : static_cast<double>(format_errors_) / all_.steps;
  out["mean_steps"] = all_.mean_steps();
  out["progress"] = all_.episodes == 0 ? 0.0 : progress_ / all_.episodes;
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

}  // namespace paperphone::tools
