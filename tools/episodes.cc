#include "tools/episodes.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <variant>

#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/version.h"
#include "env/layout/frame.h"
#include "env/sim/state/phone_state.h"
#include "env/task/task.h"

namespace paperphone::tools {

using agent::Policy;
using app::AppSet;
using app::TaskSpec;
using data::Trajectory;
using data::TrajectoryStep;
using layout::Node;
using task::TaskInstance;

namespace {

// "settings" of "settings/dark_mode".
std::string app_of(std::string_view task_id) {
  return std::string(task_id.substr(0, task_id.find('/')));
}

Trajectory begin_record(const PhoneEnv& env, const AppSet& apps, const EpisodeJob& job,
                        const ResetResult& start, const EpisodesConfig& config) {
  Trajectory record;
  record.seed = job.seed;
  record.options = job.options;
  record.task_id = env.task_id();
  record.app_id = app_of(record.task_id);
  record.split = split_of_job(apps, job.options, record.task_id);
  record.instruction = start.observation.instruction;
  record.initial_state_hash = start.info.state_hash;
  record.initial_frame_hash = start.info.frame_hash;
  record.initial_screen_id = start.info.screen_id;
  record.policy = config.policy_name;
  record.app_set_hash = apps.content_hash.hex();
  record.paperphone_version = version();
  return record;
}

void record_result(TrajectoryStep& step, const StepResult& result) {
  step.outcome = result.info.outcome;
  step.reward = result.reward;
  step.reward_breakdown = result.info.reward_breakdown;
  step.screen_id = result.info.screen_id;
  step.state_hash = result.info.state_hash;
  step.frame_hash = result.info.frame_hash;
  step.terminated = result.terminated;
  step.truncated = result.truncated;
}

// Half of them as the random policy acts, half touches of what can be touched, which
// lead further; none ends the episode.
Action random_action(PhoneEnv& env, Rng& rng) {
  if (rng.chance(0.5)) {
    const layout::Frame& frame = env.frame();
    std::vector<const Node*> touchable;
    for (const Node& node : frame.nodes)
      if (node.target.where != sim::Target::Where::kNone && !node.rect.empty())
        touchable.push_back(&node);
    if (!touchable.empty()) {
      const Point dp = touchable[rng.below(touchable.size())]->rect.center();
      const BoxSpace& screen = env.observation_space();
      return Click{
          {dp.x * screen.width / frame.width, dp.y * screen.height / frame.height}};
    }
  }
  while (true) {
    const Action action = env.action_space().sample(rng);
    if (!std::holds_alternative<Terminate>(action) &&
        !std::holds_alternative<Answer>(action))
      return action;
  }
}

// Random actions; then the task is posed anew.
void act_at_random(PhoneEnv& env, const AppSet& apps, int actions, Rng rng,
                   Episode& episode) {
  const TaskInstance task = env.task();
  for (int i = 0; i < actions; ++i) {
    env.pose(task);  // or its budget would run out
    env.step(random_action(env, rng));
  }
  env.pose(task);
  const app::World& world = env.state().world;
  episode.data_changed_first = !sim::diff_worlds(task.initial, world, apps).empty();
  std::optional<TaskInstance> again = task::pose_again(task, apps, world);
  if (task::goal_holds(task, apps, world)) {
    episode.prelude = Prelude::kDone;
  } else if (!again) {
    episode.prelude = Prelude::kImpossible;
  } else {
    env.pose(*std::move(again));
  }
}

Episode run_episode(PhoneEnv& env, const AppSet& apps, Policy& policy,
                    const EpisodeJob& job, const EpisodesConfig& config) {
  ResetResult start = env.reset(job.seed, job.options);
  Episode episode{begin_record(env, apps, job, start, config), 0.0f};
  Trajectory& record = episode.trajectory;
  std::vector<agent::HistoryStep> history;
  if (config.random_first > 0) {
    act_at_random(env, apps, config.random_first, Rng(job.seed).fork("random_first"),
                  episode);
    if (episode.prelude != Prelude::kNone) return episode;
    start = env.restore(env.snapshot());  // for what can be seen now
  }
  Observation observation = start.observation;
  const Rng decisions = Rng(job.seed).fork("decisions");
  const bool wants_advice = policy.wants_advice() || config.labels;
  for (bool over = false; !over;) {
    Advice advice;
    if (wants_advice) advice = env.advice();
    const agent::PolicyInput input{.instruction = record.instruction,
                            .screen = observation.screen,
                            .history = history,
                            .advice = wants_advice ? &advice : nullptr,
                            .seed = decisions.fork(history.size()).next()};
    agent::PolicyOutput output = std::move(policy.act(std::span(&input, 1)).front());
    CHECK_TRUE(output.action.has_value());  // built-in policies always decide
    TrajectoryStep step;
    step.action = *output.action;
    step.response = std::move(output.response);
    step.sentence = output.sentence;
    step.well_formed = output.well_formed;
    if (config.labels) {
      step.thought = advice.thought;
      step.expert_distance = advice.distance;
      step.acceptable = is_acceptable(advice, step.action);
    }
    const StepResult result = env.step(step.action);
    record_result(step, result);
    history.push_back({std::move(output.sentence), step.action, step.outcome});
    observation = result.observation;
    over = result.terminated || result.truncated;
    if (over) {
      record.end_reason = result.info.end_reason;
      record.success = result.info.end_reason == EndReason::kGoalReached;
      episode.progress = record.success ? 1.0f : result.info.progress;
      if (config.random_first > 0 && !record.success &&
          !task::parameters_hold(env.task(), apps, env.task().initial))
        episode.prelude = Prelude::kImpossible;
    }
    record.steps.push_back(std::move(step));
  }
  return episode;
}

// Finished episodes, handed over in the order of the jobs.
class InOrder {
 public:
  void put(std::size_t index, std::variant<Episode, std::exception_ptr> result) {
    {
      const std::lock_guard lock(mutex_);
      results_.emplace(index, std::move(result));
    }
    ready_.notify_one();
  }

  Episode take(std::size_t index) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return results_.contains(index); });
    auto result = std::move(results_.extract(index).mapped());
    lock.unlock();
    if (auto* error = std::get_if<std::exception_ptr>(&result))
      std::rethrow_exception(*error);
    return std::get<Episode>(std::move(result));
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::map<std::size_t, std::variant<Episode, std::exception_ptr>> results_;
};

}  // namespace

std::string split_of_job(const AppSet& apps, const ResetOptions& options,
                         const std::string& task_id) {
  if (!options.split.empty()) return options.split;
  const TaskSpec* task = apps.task(task_id);
  return task != nullptr && task->split == "unseen" ? "unseen" : "seen";
}

std::vector<EpisodeJob> make_jobs(const AppSet& apps, const JobFilter& filter,
                                  std::uint64_t seed, int count) {
  std::vector<const TaskSpec*> tasks = task::tasks_of_split(apps, filter.split);
  if (!filter.apps.empty()) {
    std::set<std::string> ids;
    for (const std::string& app : filter.apps) {
      const int index = apps.find(app);  // by its title too
      if (app != "cross" && index < 0)
        throw ConfigError(fmt::format(
            "unknown app '{}' (paperphone apps lists them; 'cross' is allowed too)",
            app));
      ids.insert(app == "cross" ? app : apps.apps[static_cast<std::size_t>(index)].id);
    }
    std::erase_if(tasks, [&](const TaskSpec* task) {
      return !ids.contains(std::string(app_of(task->id)));
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
  // Shuffled, so that a few episodes are spread over all apps.
  Rng order = Rng(seed).fork("order");
  for (std::size_t i = tasks.size(); i > 1; --i)
    std::swap(tasks[i - 1], tasks[order.below(i)]);
  std::vector<EpisodeJob> jobs;
  for (int i = 0; i < count; ++i) {
    EpisodeJob job;
    job.seed = task::split_seed(filter.split, seed, static_cast<std::uint64_t>(i));
    job.options.task_id = tasks[static_cast<std::size_t>(i) % tasks.size()]->id;
    job.options.split = filter.split;
    job.options.variation = filter.variation;
    jobs.push_back(std::move(job));
  }
  return jobs;
}

PolicyFactory builtin_policy(const std::string& name, double noise) {
  if (name == "random")
    return [](const ActionSpace& space) { return agent::make_random_policy(space); };
  if (name == "expert") return [](const ActionSpace&) { return agent::make_expert_policy(); };
  if (name == "noisy-expert")
    return [noise](const ActionSpace& space) {
      return agent::make_noisy_expert_policy(space, noise);
    };
  if (name == "noop") return [](const ActionSpace&) { return agent::make_noop_policy(); };
  return nullptr;
}

void run_episodes(const std::shared_ptr<const PhoneShared>& shared,
                  const std::vector<EpisodeJob>& jobs, const PolicyFactory& make_policy,
                  const EpisodesConfig& config,
                  const std::function<void(Episode&&)>& on_done) {
  InOrder results;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    std::unique_ptr<PhoneEnv> env;
    std::unique_ptr<Policy> policy;
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      try {
        if (env == nullptr) {
          env = std::make_unique<PhoneEnv>(
              shared, PhoneEnvConfig{
                          .apps_dir = {},
                          .app_ids = {},
                          .variation = jobs[i].options.variation.value_or(Variation{}),
                          .pixels = config.pixels});
          policy = make_policy(env->action_space());
        }
        results.put(i,
                    run_episode(*env, shared_apps(*shared), *policy, jobs[i], config));
      } catch (...) {
        results.put(i, std::current_exception());
      }
    }
  };
  std::vector<std::jthread> workers;
  const auto count = std::min<std::size_t>(
      static_cast<std::size_t>(std::max(config.threads, 1)), jobs.size());
  for (std::size_t i = 0; i < count; ++i) workers.emplace_back(work);
  try {
    for (std::size_t i = 0; i < jobs.size(); ++i) on_done(results.take(i));
  } catch (...) {
    next = jobs.size();  // the workers finish what they are at, and stop
    throw;
  }
}

}  // namespace paperphone::tools
