#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "rl/bench/bench.h"
#include "tools/torch/torch_command.h"

namespace paperphone::tools {
namespace {

struct Options {
  std::string what;
  bool json = false;
  rl::TorchBenchConfig config;
  rl::MemoryBenchConfig memory;
};

void print(const nlohmann::ordered_json& object, const std::string& indent) {
  for (const auto& [key, value] : object.items()) {
    if (value.is_object()) {
      print_result("{}{}\n", indent, key);
      print(value, indent + "  ");
    } else if (value.is_number_float()) {
      const double number = value.get<double>();
      print_result("{}{:<28} {:>14.{}f}\n", indent, key, number, number < 100 ? 2 : 0);
    } else {
      print_result("{}{:<28} {:>14}\n", indent, key, json_text(value));
    }
  }
}

nlohmann::ordered_json measure(const Options& options) {
  if (options.what == "agent") return rl::bench_agent(options.config);
  if (options.what == "train") return rl::bench_train(options.config);
  rl::MemoryBenchConfig memory = options.memory;
  memory.threads = options.config.threads;
  return rl::bench_memory(memory);
}

void run(const Options& options) {
  const auto result = measure(options);
  if (options.json)
    print_result("{}\n", json_text(result));
  else
    print(result, "");
}

}  // namespace

void add_torch_bench_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("bench", "measure the agent's speed");
  command->add_option("WHAT", options->what, "agent, train or memory")
      ->required()
      ->check(CLI::IsMember({"agent", "train", "memory"}));
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->add_option("--seconds", options->config.seconds, "of measuring, per rate")
      ->check(is_within(0.01, 600.0))
      ->capture_default_str();
  command->add_option("--threads", options->config.threads, "0: all cores")
      ->check(is_thread_count());
  command->add_option("--phones", options->memory.phones, "memory: of the evaluation")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command
      ->add_option("--episodes", options->memory.episodes, "memory: of the evaluation")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_option("--updates", options->memory.updates, "memory: of every stage")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools
