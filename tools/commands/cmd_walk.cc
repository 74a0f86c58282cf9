#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "env/base/host/progress.h"
#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "tools/commands/command.h"
#include "tools/commands/variation_flags.h"
#include "tools/random_walk.h"

namespace paperphone::tools {
namespace {

struct Options {
  WalkConfig walk;
  bool no_pixels = false;
  VariationFlags phone;
  bool json = false;
};

void run(const Options& options) {
  WalkConfig config = options.walk;
  config.num_threads = thread_count(config.num_threads);
  config.pixels = !options.no_pixels;
  config.variation = options.phone.variation();
  Progress progress("walk", config.steps, "steps");
  const WalkResult result =
      random_walk(load_phone_shared({}, config.pixels), config,
                  [&](std::int64_t steps) { progress.update(steps); });
  if (!options.json) {
    print_result("state  {}\nreward {}\nframe  {}\n{} steps, {} episodes\n",
                 result.state_hash.hex(), result.reward_hash.hex(),
                 result.frame_hash.hex(), result.steps, result.episodes);
    return;
  }
  nlohmann::ordered_json root;
  root["state_hash"] = result.state_hash.hex();
  root["reward_hash"] = result.reward_hash.hex();
  root["frame_hash"] = result.frame_hash.hex();
  root["steps"] = result.steps;
  root["episodes"] = result.episodes;
  print_result("{}\n", json_text(root));
}

}  // namespace

void add_walk_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "walk", "act at random and print hashes of all states, rewards and frames");
  command->add_option("--seed", options->walk.seed)
      ->check(is_seed())
      ->capture_default_str();
  command->add_option("--steps", options->walk.steps, "in all environments together")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
  command->add_option("--envs", options->walk.num_envs)
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_option("--threads", options->walk.num_threads, "0: all cores")
      ->check(is_thread_count());
  command->add_flag("--no-pixels", options->no_pixels, "states and rewards only");
  add_device_flags(*command, options->phone);
  add_suite_flag(*command, options->phone);
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools
