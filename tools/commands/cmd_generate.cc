#include <fmt/format.h>

#include <memory>

#include "data/store.h"
#include "env/base/error.h"
#include "env/base/host/progress.h"
#include "env/base/host/report.h"
#include "rl/rollout/builtin_policy.h"
#include "rl/rollout/rollout.h"
#include "tools/commands/command.h"
#include "tools/commands/variation_flags.h"

namespace paperphone::tools {

using data::TrajectoryStore;

namespace {

struct Options {
  std::string out;
  int trajectories = 100;
  std::uint64_t seed = 1;
  rl::JobFilter filter{.split = "train", .apps = {}, .task = "", .variation = {}};
  std::string policy = "noisy-expert";
  double noise = 0.15;
  int threads = 0;
  VariationFlags phone;
  std::string thoughts = "chinese";
};

constexpr std::span<const Named<ThoughtLanguage>> kLanguages(kThoughtLanguages);

void run(const Options& options) {
  const auto builtin = rl::builtin_policy(options.policy, options.noise);
  if (!builtin)
    throw ConfigError(fmt::format("unknown policy '{}' (known: {})", options.policy,
                                  rl::kBuiltinPolicies));
  rl::JobFilter filter = options.filter;
  filter.variation = options.phone.variation();
  const rl::Phones phones({.variation = filter.variation,
                           .thoughts = value_named(kLanguages, options.thoughts)});
  const auto jobs =
      rl::make_jobs(phones.apps(), filter, options.seed, options.trajectories);
  rl::RolloutRunner runner(phones, {.num_threads = thread_count(options.threads)});
  const auto policy = builtin->make(runner.action_space());
  // Last: a mistake above leaves no file.
  TrajectoryStore store(options.out, TrajectoryStore::Mode::kCreate);
  Progress progress("generate", options.trajectories, "trajectories");
  std::int64_t steps = 0;
  int successes = 0;
  runner.run(jobs, *policy,
             {.seed = options.seed,
              .noise = builtin->noise,
              .labels = true,
              .policy_name = options.policy},
             [&](rl::Rollout&& rollout) {
               const data::Trajectory& trajectory = rollout.trajectory;
               store.append(trajectory);
               steps += std::int64_t(trajectory.steps.size());
               successes += trajectory.success ? 1 : 0;
               progress.add();
             });
  print_result("{}: {} trajectories, {} steps, {} reach their goal\n", options.out,
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
  command->add_option("--seed", options->seed)->check(is_seed())->capture_default_str();
  command->add_option("--split", options->filter.split)->capture_default_str();
  command
      ->add_option("--app", options->filter.apps, "tasks of these apps only: a,b,cross")
      ->delimiter(',');
  command->add_option("--task", options->filter.task, "one task only");
  command->add_option("--policy", options->policy, rl::kBuiltinPolicies)
      ->capture_default_str();
  command->add_option("--noise", options->noise, "noisy-expert: chance of a wrong turn")
      ->check(is_within(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--thoughts", options->thoughts, "what the expert thinks and speaks in")
      ->check(CLI::IsMember(names_of(kLanguages)))
      ->capture_default_str();
  command->add_option("--threads", options->threads, "0: all cores")
      ->check(is_thread_count());
  add_device_flags(*command, options->phone);
  add_suite_flag(*command, options->phone);
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools
