#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <optional>

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
  std::signal(signal, SIG_DFL);  // the second Ctrl-C ends at once
}

void run(const Options& options, Invocation& invocation) {
  rl::Recipe recipe = rl::load_recipe(options.recipe);
  if (options.seed) recipe.seed = *options.seed;
  if (options.device) recipe.device = *options.device;
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  const rl::TrainResult result = rl::train(
      recipe, {.out = options.out, .resume = options.resume, .stop = &stop_requested});
  if (!result.finished) {
    fmt::print(stderr,
               "stopped and saved; continue with: paperphone train {} --out {} "
               "--resume\n",
               options.recipe, options.out);
    invocation.exit_code = kInterrupted;
  }
  fmt::print("{} weights {}\n", options.out, result.weights_hash);
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
  command->add_option("--seed", options->seed, "instead of the recipe's");
  command->add_option("--torch-device", options->device,
                      "where the model computes, instead of the recipe's: cpu, cuda, "
                      "cuda:N");
  command->callback([options, &invocation] { run(*options, invocation); });
}

}  // namespace paperphone::tools
