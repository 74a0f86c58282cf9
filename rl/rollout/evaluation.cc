#include "rl/rollout/evaluation.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "data/store.h"
#include "env/base/progress.h"

namespace paperphone::rl {

using data::TrajectoryStore;

EvalReport summarize(const std::string& policy, std::span<const EpisodeRun> runs) {
  EvalReport report;
  report.policy = policy;
  int success_turns = 0;
  const auto count = [](EvalCount& into, bool success) {
    ++into.episodes;
    into.successes += success;
  };
  for (const EpisodeRun& run : runs) {
    const data::Trajectory& trajectory = run.trajectory;
    count(report.all, trajectory.success);
    count(report.by_app[trajectory.app_id], trajectory.success);
    count(report.by_split[trajectory.split], trajectory.success);
    count(report.by_task[trajectory.task_id], trajectory.success);
    ++report.by_end[std::string(end_reason_name(trajectory.end_reason))];
    report.turns += int(trajectory.steps.size());
    for (const data::TrajectoryStep& step : trajectory.steps)
      report.format_errors += !step.well_formed;
    report.progress += run.progress;
    if (trajectory.success) success_turns += int(trajectory.steps.size());
  }
  if (report.all.episodes) report.progress /= report.all.episodes;
  if (report.all.successes)
    report.success_steps = double(success_turns) / report.all.successes;
  return report;
}

nlohmann::ordered_json to_json(const EvalReport& report) {
  const auto rates = [](const std::map<std::string, EvalCount>& counts) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (const auto& [name, count] : counts)
      out[name] = {{"episodes", count.episodes}, {"success_rate", count.success_rate()}};
    return out;
  };
  nlohmann::ordered_json out;
  out["policy"] = report.policy;
  out["episodes"] = report.all.episodes;
  out["success_rate"] = report.all.success_rate();
  out["by_app"] = rates(report.by_app);
  out["by_split"] = rates(report.by_split);
  out["format_error_rate"] = report.format_error_rate();
  out["mean_steps"] = report.mean_steps();
  out["mean_success_steps"] = report.success_steps;
  out["progress"] = report.progress;
  out["by_task"] = rates(report.by_task);
  out["ends"] = report.by_end;
  return out;
}

std::string to_text(const EvalReport& report) {
  std::string text = fmt::format(
      "{}: {:.1f} % of {} episodes succeed, {:.1f} % format errors, {:.1f} steps\n",
      report.policy, 100 * report.all.success_rate(), report.all.episodes,
      100 * report.format_error_rate(), report.mean_steps());
  for (const auto& [app, count] : report.by_app)
    text += fmt::format("  {:<14} {:5.1f} %  of {}\n", app, 100 * count.success_rate(),
                        count.episodes);
  return text;
}

EvalReport evaluate(const Phones& phones, agent::Policy& policy, const EvalOptions& options) {
  std::vector<EpisodeJob> jobs;
  for (int i = 0; i < options.episodes; ++i)
    jobs.push_back({episode_start(options.split, options.seed, "eval",
                                  std::uint64_t(i)),
                    std::nullopt});
  Progress progress("eval " + policy.name(), options.episodes, "episodes");
  EpisodesOptions run_options;
  run_options.num_envs = options.num_envs;
  run_options.max_turns = options.max_turns;
  run_options.pixels = policy.wants_pixels() || !options.store.empty();
  run_options.wants_advice = policy.wants_advice();
  run_options.seed = options.seed;
  run_options.policy_name = policy.name();
  run_options.app_set_hash = options.app_set_hash;
  run_options.threads = options.threads;
  run_options.on_progress = [&](int done) { progress.update(done); };
  const std::vector<EpisodeRun> runs =
      run_episodes(phones, jobs, decide_with(policy), run_options);
  if (!options.store.empty()) {
    TrajectoryStore store(options.store, TrajectoryStore::Mode::kCreate);
    for (const EpisodeRun& run : runs) store.append(run.trajectory);
  }
  return summarize(policy.name(), runs);
}

}  // namespace paperphone::rl
