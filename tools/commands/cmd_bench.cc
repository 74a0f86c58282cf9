#include <fmt/format.h>

#include <memory>

#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "tools/bench/bench_env.h"
#include "tools/commands/command.h"
#include "tools/commands/torch_sibling.h"

namespace paperphone::tools {
namespace {

struct Options {
  std::string what;
  bool json = false;
  BenchEnvConfig env;
};

std::string value_text(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return fmt::format("{}", value.get<std::int64_t>());
  const double number = value.get<double>();
  return fmt::format("{:.{}f}", number, number < 100 ? 2 : 0);
}

void print(const nlohmann::ordered_json& root, const std::string& indent = "") {
  for (const auto& [key, value] : root.items()) {
    if (value.is_object()) {
      print_result("{}{}\n", indent, key);
      print(value, indent + "  ");
    } else {
      print_result("{:<30} {:>12}\n", indent + key, value_text(value));
    }
  }
}

void run(const Options& options, const Invocation& invocation) {
  if (options.what != "env") become_torch(invocation.argv, "bench " + options.what);
  const auto result = bench_env(options.env);
  if (options.json) {
    print_result("{}\n", json_text(result));
  } else {
    print(result);
  }
}

}  // namespace

void add_bench_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("bench", "measure speed and memory");
  command->add_option("WHAT", options->what, "env, agent, train or memory")
      ->required()
      ->check(CLI::IsMember({"env", "agent", "train", "memory"}));
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->add_option("--seconds", options->env.seconds, "of measuring, per rate")
      ->check(is_within(0.01, 600.0))
      ->capture_default_str();
  command->add_flag("--baseline", options->env.baseline,
                    "env: beside it the naive way, everything from nothing");
  command->add_option("--steps", options->env.steps, "env: of the walk that is drawn")
      ->check(CLI::Range(10, 100'000))
      ->capture_default_str();
  command->add_option("--envs", options->env.many_envs, "env: of the pool created")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  // Of the others, which read the line again.
  command->allow_extras();
  command->callback([options, command, &invocation] {
    if (options->what == "env" && command->remaining_size() > 0)
      throw CLI::ExtrasError(command->get_name(), command->remaining());
    run(*options, invocation);
  });
}

}  // namespace paperphone::tools
