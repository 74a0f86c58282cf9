#include <fmt/format.h>

#include <memory>

#include "data/store.h"
#include "env/base/error.h"
#include "env/base/progress.h"
#include "tools/commands/command.h"
#include "tools/commands/variation_flags.h"
#include "tools/episodes.h"

namespace paperphone::tools {

using data::TrajectoryStore;

namespace {

struct Options {
  std::string out;
  int trajectories = 100;
  std::uint64_t seed = 1;
  JobFilter filter{.split = "train", .apps = {}, .task = "", .variation = {}};
  std::string policy = "noisy-expert";
  double noise = 0.15;
  int threads = 0;
  VariationFlags phone;
};

void run(const Options& options) {
  const PolicyFactory policy = builtin_policy(options.policy, options.noise);
  if (!policy)
    throw ConfigError(fmt::format("unknown policy '{}' (known: {})", options.policy,
                                  kBuiltinPolicies));
  TrajectoryStore store(options.out, TrajectoryStore::Mode::kCreate);
  const auto shared = load_phone_shared({}, /*pixels=*/true);
  JobFilter filter = options.filter;
  filter.variation = options.phone.variation();
  const auto jobs =
      make_jobs(shared_apps(*shared), filter, options.seed, options.trajectories);
  const EpisodesConfig config{.threads = thread_count(options.threads),
                              .pixels = true,
                              .labels = true,
                              .policy_name = options.policy};
  Progress progress("generate", options.trajectories, "trajectories");
  std::int64_t steps = 0;
  int successes = 0;
  run_episodes(shared, jobs, policy, config, [&](Episode&& episode) {
    store.append(episode.trajectory);
    steps += static_cast<std::int64_t>(episode.trajectory.steps.size());
    successes += episode.trajectory.success ? 1 : 0;
    progress.add();
  });
  fmt::print("{}: {} trajectories, {} steps, {} reach their goal\n", options.out,
             jobs.size(), steps, successes);
}

}  // namespace

void add_generate_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "generate", "write labelled trajectories, with wrong turns and recoveries");
  command->add_option("--out", options->out, "new SQLite file")->required();
  command->add_option("--trajectories", options->trajectories, "how many")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed)->capture_default_str();
  command->add_option("--split", options->filter.split)->capture_default_str();
  command->add_option("--app", options->filter.apps, "tasks of these apps only: a,b,cross")
      ->delimiter(',');
  command->add_option("--task", options->filter.task, "one task only");
  command->add_option("--policy", options->policy, kBuiltinPolicies)
      ->capture_default_str();
  command->add_option("--noise", options->noise, "noisy-expert: chance of a wrong turn")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--threads", options->threads, "0: all cores");
  add_device_flags(*command, options->phone);
  add_suite_flag(*command, options->phone);
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools
