#include "tools/commands/eval_flags.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "data/store.h"
#include "env/base/host/memory.h"
#include "env/base/host/progress.h"
#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "rl/rollout/builtin_policy.h"
#include "rl/rollout/evaluation.h"

namespace paperphone::tools {

void add_eval_flags(CLI::App& command, EvalFlags& flags) {
  command
      .add_option("--policy", flags.policy,
                  std::string(rl::kBuiltinPolicies) + ", or the folder of a model")
      ->required();
  command.add_option("--split", flags.split,
                     "train, validation, test, unseen (default: every task)");
  command.add_option("--app", flags.apps, "tasks of these apps only: a,b,cross")
      ->delimiter(',');
  command.add_option("--task", flags.task, "one task only");
  command.add_option("--episodes", flags.episodes, "how many")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  command.add_option("--seed", flags.seed)->check(is_seed())->capture_default_str();
  command.add_option("--noise", flags.noise, "noisy-expert: chance of a wrong turn")
      ->check(is_within(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--random-first", flags.random_first,
                  "built-in policies: random actions before their turn; the task is "
                  "then set anew")
      ->check(CLI::Range(0, 10'000));
  command
      .add_option("--temperature", flags.temperature,
                  "models: of the sampling; 0: always the likeliest token")
      ->check(is_within(0.0, 10.0))
      ->capture_default_str();
  command.add_option("--threads", flags.threads, "0: all cores")
      ->check(is_thread_count());
  command
      .add_option("--torch-device", flags.torch_device,
                  "models: where they compute, cpu, cuda, cuda:N")
      ->capture_default_str();
  command.add_option("--out", flags.out, "new SQLite file for the trajectories");
  command.add_flag("--json", flags.json, "one JSON object on stdout");
  add_device_flags(command, flags.phone);
  add_suite_flag(command, flags.phone);
}

void run_eval(const EvalFlags& flags, const app::AppSet& apps,
              rl::RolloutRunner& runner, agent::Policy& policy, double noise) {
  const auto jobs = rl::make_jobs(apps, flags.job_filter(), flags.seed, flags.episodes);
  std::optional<data::TrajectoryStore> store;
  if (!flags.out.empty())
    store.emplace(flags.out, data::TrajectoryStore::Mode::kCreate);
  std::optional<Progress> progress(std::in_place, "eval", flags.episodes, "episodes");
  const rl::EvalReport report =
      rl::evaluate(runner, jobs, policy,
                   {.seed = flags.seed,
                    .noise = noise,
                    .random_first = flags.random_first,
                    .policy_name = flags.policy,
                    .store = store ? &*store : nullptr,
                    .on_progress = [&](int finished) { progress->update(finished); }});
  progress.reset();  // its line is left standing
  if (flags.json) {
    auto json = report.to_json();
    json["peak_memory_mb"] = megabytes(peak_resident_bytes());
    print_result("{}\n", json_text(json));
  } else {
    print_result("{}  {:<30} {:>8.0f}\n", report.to_text(), "MB of memory at the most",
                 megabytes(peak_resident_bytes()));
  }
}

}  // namespace paperphone::tools
