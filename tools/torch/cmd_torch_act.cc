#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "agent/vlm_policy.h"
#include "env/base/error.h"
#include "env/base/host/owned_folder.h"
#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "env/base/utf8.h"
#include "env/render/renderer.h"
#include "tools/screens/annotate.h"
#include "tools/torch/torch_command.h"

namespace paperphone::tools {
namespace {

struct Options {
  std::string policy;
  std::string image;
  std::string instruction;
  std::vector<std::string> history;
  std::string out;
  double temperature = 0;
  int max_new_tokens = 256;
  std::uint64_t seed = 1;
  int threads = 0;
  bool float32 = false;
  std::string device = "cpu";
  bool json = false;
};

void run(const Options& options) {
  if (!options.out.empty()) check_replaceable_file(options.out);
  const render::ImageFile image = render::read_image(options.image);
  if (!std::filesystem::is_directory(options.policy))
    throw ConfigError(fmt::format(
        "unknown policy '{}' (the folder of a model is needed)", options.policy));
  const auto start = std::chrono::steady_clock::now();
  report("reading {}\n", options.policy);
  const auto policy = agent::load_vlm_policy(
      options.policy, {.num_threads = thread_count(options.threads),
                       .bfloat16 = !options.float32,
                       .greedy = false,
                       .device = options.device});
  policy->options().temperature = options.temperature;
  policy->options().max_new_tokens = options.max_new_tokens;
  std::vector<agent::HistoryStep> history;
  for (const std::string& sentence : options.history)
    history.push_back({.sentence = sentence});
  agent::PolicyInput input;
  input.instruction = options.instruction;
  input.screen = image.view();
  input.history = history;
  input.seed = options.seed;
  report("deciding\n");
  const agent::Sample sample = policy->sample({&input, 1}, 1)[0][0];
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;
  report("{} prompt tokens, {} response tokens, {:.1f} s with loading\n",
         sample.prompt.ids.size(), sample.response_ids.size(), seconds.count());

  const auto& action = sample.output.action;
  if (!options.out.empty()) {
    auto pixels = image.pixels_HWC;
    if (action) pixels = with_action(image.view(), *action);
    render::write_png(options.out, {pixels, image.height, image.width});
  }
  if (options.json) {
    nlohmann::ordered_json json;
    json["response"] = escape_bytes(sample.text);
    json["well_formed"] = sample.output.well_formed;
    json["sentence"] = escape_bytes(sample.output.sentence);
    json["action"] = action ? nlohmann::ordered_json::parse(action_to_json(*action))
                            : nlohmann::ordered_json();
    print_result("{}\n", json_text(json));
    return;
  }
  print_result("{}\n", sample.text);
  print_result("action: {}{}\n",
               action ? action_to_json(*action) : std::string("none could be parsed"),
               sample.output.well_formed ? "" : "  (the response is not well-formed)");
}

}  // namespace

void add_torch_act_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "act", "show a model one screenshot and print what it would do");
  command->add_option("--policy", options->policy, "the folder of a model")->required();
  command->add_option("--image", options->image, "a screenshot")->required();
  command->add_option("--instruction", options->instruction, "what is to be done")
      ->required();
  command->add_option("--history", options->history,
                      "an earlier action in words; once for each");
  command->add_option("--out", options->out,
                      "the screenshot with the action drawn on it");
  command->add_option("--temperature", options->temperature, "of sampling; 0: greedy")
      ->check(is_within(0.0, 10.0))
      ->capture_default_str();
  command->add_option("--max-new-tokens", options->max_new_tokens, "of the response")
      ->check(CLI::Range(1, 8192))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "of sampling")
      ->check(is_seed())
      ->capture_default_str();
  command->add_option("--threads", options->threads, "0: all cores")
      ->check(is_thread_count());
  command
      ->add_option("--torch-device,--device", options->device,
                   "where the model computes: cpu, cuda, cuda:N")
      ->capture_default_str();
  command->add_flag("--float32", options->float32, "compute in float32, not bfloat16");
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools
