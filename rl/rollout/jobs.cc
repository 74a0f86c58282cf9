#include "rl/rollout/jobs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "env/base/error.h"
#include "env/task/task.h"

namespace paperphone::rl {

using app::AppSet;
using app::TaskSpec;

namespace {

// Ids of the apps named by id or title, "cross" among them.
std::set<std::string> app_ids(const AppSet& apps,
                              const std::vector<std::string>& names) {
  std::set<std::string> ids;
  for (const std::string& name : names) {
    const int index = apps.find(name);
    if (name != "cross" && index < 0)
      throw ConfigError(fmt::format(
          "unknown app '{}' (paperphone apps lists them; 'cross' is allowed too)",
          name));
    ids.insert(name == "cross" ? name : apps.apps[std::size_t(index)].id);
  }
  return ids;
}

std::vector<const TaskSpec*> tasks_for(const AppSet& apps, const JobFilter& filter) {
  std::vector<const TaskSpec*> tasks = task::tasks_of_split(apps, filter.split);
  if (!filter.apps.empty()) {
    const std::set<std::string> ids = app_ids(apps, filter.apps);
    std::erase_if(tasks, [&](const TaskSpec* task) {
      return !ids.contains(app_of_task(task->id));
    });
  }
  if (!filter.task.empty()) {
    if (apps.task(filter.task) == nullptr)
      throw ConfigError(task::unknown_task(apps, filter.task));
    std::erase_if(tasks, [&](const TaskSpec* task) { return task->id != filter.task; });
  }
  if (tasks.empty())
    throw ConfigError(fmt::format("no task is in split '{}', app '{}', task '{}'",
                                  filter.split, fmt::join(filter.apps, ","),
                                  filter.task));
  return tasks;
}

}  // namespace

std::vector<EpisodeJob> make_jobs(const AppSet& apps, const JobFilter& filter,
                                  std::uint64_t seed, int count) {
  std::vector<const TaskSpec*> tasks = tasks_for(apps, filter);
  // Shuffled, so that a few episodes are spread over all apps.
  Rng order = Rng(seed).fork("order");
  for (std::size_t i = tasks.size(); i > 1; --i)
    std::swap(tasks[i - 1], tasks[order.below(i)]);
  std::vector<EpisodeJob> jobs;
  for (int i = 0; i < count; ++i) {
    EpisodeJob& job = jobs.emplace_back();
    job.seed = task::split_seed(filter.split, seed, std::uint64_t(i));
    job.options.task_id = tasks[std::size_t(i) % tasks.size()]->id;
    job.options.split = filter.split;
    job.options.variation = filter.variation;
  }
  return jobs;
}

std::vector<EpisodeJob> stream_jobs(const JobStream& stream, std::uint64_t first,
                                    int count) {
  const std::uint64_t key = Rng(stream.seed).fork(stream.name).next();
  std::vector<EpisodeJob> jobs;
  for (int i = 0; i < count; ++i) {
    EpisodeJob& job = jobs.emplace_back();
    job.seed = task::split_seed(stream.split, key, first + std::uint64_t(i));
    job.options.split = stream.split;
    job.max_turns = stream.max_turns;
  }
  return jobs;
}

std::string split_of_job(const AppSet& apps, const ResetOptions& options,
                         std::string_view task_id) {
  if (!options.split.empty()) return options.split;
  const TaskSpec* task = apps.task(task_id);
  return task != nullptr && task->split == "unseen" ? "unseen" : "seen";
}

std::string app_of_task(std::string_view task_id) {
  return std::string(task_id.substr(0, task_id.find('/')));
}

}  // namespace paperphone::rl
