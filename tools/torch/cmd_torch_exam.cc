#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "agent/checkpoint/checkpoint.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/progress.h"
#include "env/base/host/report.h"
#include "rl/reading/exam.h"
#include "tools/torch/torch_command.h"

namespace paperphone::tools {
namespace {

struct Options {
  std::string policy, out;
  rl::ExamOptions exam;
  std::string device = "cpu";
  std::vector<std::string> apps;
  bool json = false;
};

void run(Options options) {
  if (!options.out.empty()) check_replaceable_file(options.out);
  if (!std::filesystem::is_directory(options.policy))
    throw ConfigError(fmt::format("unknown policy '{}' (the folder of a model is needed)",
                                  options.policy));
  options.exam.threads = thread_count(options.exam.threads);
  agent::set_up_torch(options.exam.threads);
  const agent::Agent agent = agent::load_agent(
      options.policy, {.compute_type = agent::ComputeType::kBfloat16,
                       .float32_weights = false,
                       .device = options.device});
  PhoneEnvConfig config;
  config.app_ids = options.apps;
  const rl::Phones phones(config);
  std::unique_ptr<Progress> progress;
  options.exam.on_progress = [&](int done, int of) {
    if (!progress) progress = std::make_unique<Progress>("exam", of, "answers");
    progress->update(done);
  };
  const rl::ExamReport report = rl::examine(phones, agent, options.exam);
  progress.reset();
  if (!options.out.empty()) write_file(options.out, report.to_json());
  print_result("{}", options.json ? report.to_json() : report.to_text());
}

}  // namespace

void add_torch_exam_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "exam", "how well a model reads: questions about screens and words it never saw");
  command->add_option("--policy", options->policy, "the folder of a model")->required();
  command->add_option("--split", options->exam.split, "whose worlds")
      ->capture_default_str();
  command->add_option("--app", options->apps, "tasks of these only: settings,shop")
      ->delimiter(',');
  command->add_option("--screens", options->exam.screens, "that are asked about")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command
      ->add_option("--episodes", options->exam.episodes,
                   "of the expert, whose texts and answers are asked for")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command->add_option("--seed", options->exam.seed, "of the screens")
      ->check(is_seed())
      ->capture_default_str();
  command->add_option("--threads", options->exam.threads, "0: all cores")
      ->check(is_thread_count());
  command
      ->add_option("--torch-device", options->device,
                   "where the model computes: cpu, cuda, cuda:N")
      ->capture_default_str();
  command->add_option("--out", options->out, "a JSON file with every wrong answer");
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools
