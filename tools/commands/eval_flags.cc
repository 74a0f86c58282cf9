#include "tools/commands/eval_flags.h"

namespace paperphone::tools {

void add_eval_flags(CLI::App& command, EvalFlags& flags) {
  command
      .add_option("--policy", flags.policy,
                  std::string(kBuiltinPolicies) + ", or the folder of a model")
      ->required();
  command.add_option("--split", flags.split,
                     "train, validation, test, unseen (default: every task)");
  command.add_option("--app", flags.apps, "tasks of these apps only: a,b,cross")
      ->delimiter(',');
  command.add_option("--task", flags.task, "one task only");
  command.add_option("--episodes", flags.episodes, "how many")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  command.add_option("--seed", flags.seed)->capture_default_str();
  command.add_option("--noise", flags.noise, "noisy-expert: chance of a wrong turn")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--random-first", flags.random_first,
                  "built-in policies: random actions before their turn; the task is "
                  "then posed anew")
      ->check(CLI::Range(0, 10'000));
  command
      .add_option("--temperature", flags.temperature,
                  "models: of the sampling; 0: always the likeliest token")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command.add_option("--threads", flags.threads, "0: all cores");
  command
      .add_option("--torch-device", flags.torch_device,
                  "models: where they compute, cpu, cuda, cuda:N")
      ->capture_default_str();
  command.add_option("--out", flags.out, "new SQLite file for the trajectories");
  command.add_flag("--json", flags.json, "one JSON object on stdout");
  add_device_flags(command, flags.phone);
  add_suite_flag(command, flags.phone);
}

}  // namespace paperphone::tools
