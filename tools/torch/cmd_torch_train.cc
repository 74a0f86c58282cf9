#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <optional>

#include "env/base/host/report.h"
#include "rl/run/trainer.h"
#include "tools/torch/torch_command.h"

namespace paperphone::tools {
namespace {

struct Options {
  std::string recipe;
  std::string out;
  bool resume = false;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> device;
};

constexpr int kInterrupted = 130;  // as a shell reports Ctrl-C

// A signal handler reaches nothing but globals.
std::atomic<bool> stop_requested{false};

extern "C" void request_stop(int signal) {
  stop_requested = true;
  // The second Ctrl-C ends at once. A closed terminal may say so more than once.
  if (signal != SIGHUP) std::signal(signal, SIG_DFL);
}

void stop_by_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const auto before = std::signal(signal, request_stop);
    if (signal == SIGHUP && before == SIG_IGN) std::signal(signal, SIG_IGN);  // nohup
  }
}

void run(const Options& options, Invocation& invocation) {
  rl::Recipe recipe = rl::load_recipe(options.recipe);
  if (options.seed) recipe.seed = *options.seed;
  if (options.device) recipe.device = *options.device;
  stop_by_signals();
  const rl::TrainResult result = rl::train(
      recipe, {.out = options.out, .resume = options.resume, .stop = &stop_requested});
  if (!result.finished) {
    report(
        "stopped and saved; continue with: paperphone train {} --out {} "
        "--resume\n",
        options.recipe, options.out);
    invocation.exit_code = kInterrupted;
  }
  print_result("{} weights {}\n", options.out, result.weights_hash);
}

}  // namespace

void add_torch_train_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("train", "train an agent as a recipe says");
  command->add_option("RECIPE", options->recipe, "a YAML file: rl/recipes has some")
      ->required();
  command->add_option("--out", options->out, "folder of the run")->required();
  command->add_flag("--resume", options->resume, "go on where the run stands");
  command->add_option("--seed", options->seed, "instead of the recipe's")
      ->check(is_seed());
  command->add_option("--torch-device", options->device,
                      "where the model computes, instead of the recipe's: cpu, cuda, "
                      "cuda:N");
  command->callback([options, &invocation] { run(*options, invocation); });
}

}  // namespace paperphone::tools
