#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "agent/vlm_policy.h"
#include "env/base/error.h"
#include "rl/rollout/builtin_policy.h"
#include "tools/commands/eval_flags.h"
#include "tools/torch/torch_command.h"

namespace paperphone::tools {
namespace {

constexpr int kSideBySide = 32;  // episodes whose decisions share a batch

void run(const EvalFlags& flags) {
  if (!std::filesystem::is_directory(flags.policy))
    throw ConfigError(
        fmt::format("unknown policy '{}' (known: {}, or the folder of a "
                    "model)",
                    flags.policy, rl::kBuiltinPolicies));
  const int threads = thread_count(flags.threads);
  const auto policy =
      agent::load_vlm_policy(flags.policy, {.num_threads = threads,
                                            .bfloat16 = true,
                                            .greedy = false,
                                            .device = flags.torch_device});
  policy->options().temperature = flags.temperature;
  policy->set_batch_size(kSideBySide);
  const rl::Phones phones({.variation = flags.phone.variation()});
  rl::RolloutRunner runner(phones, {.num_rows = std::min(kSideBySide, flags.episodes),
                                    .num_threads = threads});
  run_eval(flags, phones.apps(), runner, *policy, /*noise=*/0);
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
