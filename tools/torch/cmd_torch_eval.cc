#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "agent/vlm_policy.h"
#include "data/store.h"
#include "env/base/error.h"
#include "env/base/progress.h"
#include "rl/rollout/episodes.h"
#include "tools/commands/eval_flags.h"
#include "tools/episodes.h"
#include "tools/eval_report.h"
#include "tools/torch/torch_command.h"

namespace paperphone::tools {

using data::TrajectoryStore;

namespace {

constexpr int kSideBySide = 32;  // episodes whose decisions share a batch

void run(const EvalFlags& flags) {
  if (!std::filesystem::is_directory(flags.policy))
    throw ConfigError(
        fmt::format("unknown policy '{}' (known: {}, or the folder of a "
                    "model)",
                    flags.policy, kBuiltinPolicies));
  const int threads = thread_count(flags.threads);
  const auto policy = agent::load_vlm_policy(flags.policy, {.num_threads = threads,
                                                     .bfloat16 = true,
                                                     .greedy = false,
                                                     .device = flags.torch_device});
  policy->options().temperature = flags.temperature;
  policy->set_batch_size(kSideBySide);

  const Variation variation = flags.phone.variation();
  rl::PhoneRecipe phone;
  phone.width = variation.width;
  phone.height = variation.height;
  const rl::Phones phones(phone);
  std::vector<rl::EpisodeJob> jobs;
  for (EpisodeJob& job :
       make_jobs(phones.apps(), flags.job_filter(), flags.seed, flags.episodes))
    jobs.push_back({{job.seed, std::move(job.options)}, std::nullopt});

  std::unique_ptr<TrajectoryStore> store;
  if (!flags.out.empty())
    store =
        std::make_unique<TrajectoryStore>(flags.out, TrajectoryStore::Mode::kCreate);
  EvalReport report(flags.policy);
  {
    Progress progress("eval", flags.episodes, "episodes");
    rl::EpisodesOptions options;
    options.num_envs = kSideBySide;
    options.seed = flags.seed;
    options.policy_name = flags.policy;
    options.app_set_hash = phones.app_set_hash();
    options.threads = threads;
    options.on_progress = [&](int done) { progress.update(done); };
    for (rl::EpisodeRun& run :
         rl::run_episodes(phones, jobs, rl::decide_with(*policy), options)) {
      data::Trajectory& trajectory = run.trajectory;
      trajectory.split =
          split_of_job(phones.apps(), trajectory.options, trajectory.task_id);
      report.add(trajectory, run.progress);
      if (store) store->append(trajectory);
    }
  }
  if (flags.json)
    fmt::print("{}\n", report.to_json().dump());
  else
    fmt::print("{}", report.to_text());
}

}  // namespace

void add_torch_eval_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto flags = std::make_shared<EvalFlags>();
  CLI::App* command = app.add_subcommand("eval", "judge a model on held-out episodes");
  add_eval_flags(*command, *flags);
  command->callback([flags] { run(*flags); });
}

}  // namespace paperphone::tools
