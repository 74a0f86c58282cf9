#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agent/vlm_policy.h"
#include "env/base/error.h"
#include "env/base/host/memory.h"
#include "rl/bench/bench.h"
#include "rl/bench/bench_machine.h"
#include "rl/recipe/recipe.h"
#include "rl/rollout/evaluation.h"
#include "rl/run/trainer.h"
#include "rl/stages/demonstration.h"

namespace paperphone::rl {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double kEvaluationMb = 1500, kStageMb = 3000;

// A folder that goes with this object.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "paperphone-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw DataError(fmt::format("{}: cannot be made", name));
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// The sizes that decide what a stage takes, as perception.yaml and quickstart.yaml have them.
struct Case {
  const char* kind;
  const char* sizes;
};
constexpr Case kStages[] = {
    {"perception", "screens_per_step: 8, questions_per_screen: 20, screen_pool: 256, "
                   "token_glyph_weight: 0.5"},
    {"sft", "batch_size: 14, other_tasks: 3, demonstrations: 60"},
    {"grpo_action", "states_per_step: 12, group_size: 8, "
                    "skip_equal_groups: false"},
    {"grpo_task", "tasks_per_step: 3, group_size: 6, max_turns: 12, "
                  "skip_equal_groups: false"},
};

std::string recipe_text(const Case& stage, int threads, int updates,
                        const fs::path& init_from) {
  return fmt::format(
      "threads: {}\n"
      "dtype: bfloat16\n"
      "model: {{init_from: \"{}\", freeze_vision: true}}\n"
      "prompt: {{thought: fast, history_steps: 3}}\n"
      "stages:\n"
      "  - {{name: stage, kind: {}, steps: {}, evaluate: false, {}}}\n",
      threads, init_from.string(), stage.kind, updates, stage.sizes);
}

}  // namespace

Json bench_memory(const MemoryBenchConfig& config) {
  const int threads = bench_threads(config.threads);
  agent::set_up_torch(threads);
  const Scratch scratch;
  Json out;
  std::vector<std::string> over;
  const auto note = [&](const std::string& what, double limit_mb) {
    const double peak_mb = megabytes(peak_resident_bytes());
    out[what] = {{"peak_mb", peak_mb}, {"limit_mb", limit_mb}};
    if (peak_mb > limit_mb)
      over.push_back(fmt::format("{} took {:.0f} MB, its limit is {:.0f}", what, peak_mb,
                                 limit_mb));
  };
  const fs::path weights = scratch.path() / "agent";
  const Phones phones(PhoneEnvConfig{});
  {
    agent::Agent agent =
        agent::make_tiny_agent(tokenizer_corpus(phones, 1, 100, threads), 1);
    agent.prompt.thought = agent::ThoughtStyle::kFast;
    agent::save_agent(agent, weights, {});
    agent::VlmPolicy policy(agent, "random");
    policy.set_batch_size(config.phones);
    RolloutRunner runner(phones, {.num_rows = config.phones, .num_threads = threads});
    reset_peak_resident();
    evaluate(runner,
             stream_jobs({.split = "train", .seed = 1, .name = "bench"}, 0,
                         config.episodes),
             policy, {.seed = 1});
    note("evaluation", kEvaluationMb);
  }
  for (const Case& stage : kStages) {
    reset_peak_resident();
    train(parse_recipe(recipe_text(stage, threads, config.updates, weights), "bench"),
          {.out = scratch.path() / stage.kind});
    note(stage.kind, kStageMb);
  }
  if (!over.empty()) throw DataError(fmt::format("{}", fmt::join(over, "; ")));
  return out;
}

}  // namespace paperphone::rl
