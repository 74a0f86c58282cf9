#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "env/base/error.h"
#include "rl/rollout/builtin_policy.h"
#include "tools/commands/eval_flags.h"
#include "tools/commands/torch_sibling.h"

namespace paperphone::tools {
namespace {

void run(const EvalFlags& flags, const Invocation& invocation) {
  const auto builtin = rl::builtin_policy(flags.policy, flags.noise);
  if (!builtin) {
    if (!std::filesystem::is_directory(flags.policy))
      throw ConfigError(
          fmt::format("unknown policy '{}' (known: {}, or the folder of a model)",
                      flags.policy, rl::kBuiltinPolicies));
    if (flags.random_first > 0)
      throw ConfigError("--random-first is for built-in policies only");
    become_torch(invocation.argv, "eval --policy DIR");
  }
  if (flags.random_first > 0 && !flags.out.empty())
    throw ConfigError(
        "--out does not go with --random-first: replays begin at the reset");
  const bool pixels = !flags.out.empty();  // of what is stored
  const rl::Phones phones({.variation = flags.phone.variation(), .pixels = pixels});
  rl::RolloutRunner runner(
      phones, {.num_threads = thread_count(flags.threads), .pixels = pixels});
  run_eval(flags, phones.apps(), runner, *builtin->make(runner.action_space()),
           builtin->noise);
}

}  // namespace

void add_eval_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto flags = std::make_shared<EvalFlags>();
  CLI::App* command = app.add_subcommand("eval", "judge a policy on held-out episodes");
  add_eval_flags(*command, *flags);
  command->callback([flags, &invocation] { run(*flags, invocation); });
}

}  // namespace paperphone::tools
