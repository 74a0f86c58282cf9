#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "agent/checkpoint/checkpoint.h"
#include "env/base/error.h"
#include "env/base/host/owned_folder.h"
#include "env/base/host/report.h"
#include "tools/torch/torch_command.h"

namespace paperphone::tools {
namespace {

struct Options {
  std::string agent;
  std::string out;
  bool bfloat16 = false;
  int shard_mb = 0;
  bool merge = false;
};

void run(const Options& options) {
  namespace fs = std::filesystem;
  if (fs::weakly_canonical(options.agent) == fs::weakly_canonical(options.out))
    throw ConfigError(
        fmt::format("{}: --out must be another folder than the agent's", options.out));
  check_replaceable_folder(options.out, agent::kAgentKind);
  agent::Agent agent = agent::load_agent(options.agent);
  if (options.merge) {
    if (!agent.lora)
      throw ConfigError(fmt::format("{}: has no adapters to merge", options.agent));
    agent::merge_lora(agent.model);
    agent.lora.reset();  // the files hold plain weights
  }
  agent::save_agent(agent, options.out,
                    {.bfloat16 = options.bfloat16,
                     .max_shard_bytes = std::int64_t(options.shard_mb) * 1'000'000});
  print_result("{} {} parameters\n", options.out, agent.model->num_parameters());
}

}  // namespace

void add_torch_export_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "export",
      "copy an agent in the files that transformers reads, smaller or in parts");
  command->add_option("DIR", options->agent, "an agent: a stage's folder, a checkpoint")
      ->required();
  command
      ->add_option("--out", options->out,
                   "a folder; an agent exported before is replaced")
      ->required();
  command->add_flag("--bfloat16", options->bfloat16, "half the size, rounded");
  command
      ->add_option("--shard-mb", options->shard_mb, "largest file, in MB; 0: one file")
      ->check(CLI::Range(0, 100'000));
  command->add_flag("--merge", options->merge, "add the adapters to the weights");
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools
