#include "rl/run/trainer.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "agent/vlm_policy.h"
#include "data/store.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/memory.h"
#include "env/base/host/progress.h"
#include "env/base/host/report.h"
#include "env/base/host/version.h"
#include "env/base/json_text.h"
#include "rl/rollout/evaluation.h"
#include "rl/run/memory_estimate.h"
#include "rl/run/run_folder.h"
#include "rl/run/warnings.h"
#include "rl/stages/demonstration.h"
#include "rl/stages/not_finite.h"
#include "rl/stages/recipe_phones.h"
#include "rl/stages/reference.h"
#include "rl/stages/stage.h"

namespace paperphone::rl {

using agent::Agent;
using agent::Arithmetic;
using agent::ComputeType;
using agent::load_agent;
using agent::ThoughtStyle;

namespace {

constexpr int kCorpusEpisodes = 400;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

double unix_time() {
  return std::chrono::duration<double>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

StageStarts stage_starts(const Recipe& recipe) {
  StageStarts starts;
  std::int64_t updates = 0;
  for (const StageRecipe& stage : recipe.stages) {
    starts[stage.name] = updates;
    updates += stage.steps;
  }
  return starts;
}

// What follows from a stage's own metrics: tokens learned from, in the time of the whole
// update.
void add_derived(Metrics& metrics) {
  for (const char* tokens : {"tokens", "train_tokens"})
    if (const auto found = metrics.find(tokens);
        found != metrics.end() && metrics["seconds"] > 0)
      metrics["tokens_per_s"] = found->second / metrics["seconds"];
}

Metrics evaluation_metrics(const EvalReport& evaluation,
                           const nlohmann::ordered_json& json) {
  Metrics metrics = {
      {"eval_success_rate", evaluation.success_rate()},
      {"eval_format_error_rate", evaluation.format_error_rate()},
      {"eval_out_of_bounds_rate", evaluation.out_of_bounds_rate()},
      {"eval_mean_steps", evaluation.mean_steps()},
      {"eval_mean_success_steps", json.at("mean_success_steps").get<double>()},
      {"eval_progress", evaluation.progress()}};
  for (const auto& [app, count] : json.at("by_app").items())
    metrics["eval_success_rate_" + app] = count.at("success_rate").get<double>();
  return metrics;
}

Agent first_agent(const Recipe& recipe, const Phones& phones) {
  if (!recipe.model.init_from.empty())
    return load_agent(recipe.model.init_from, {.device = recipe.device});
  report("new {} agent: learning the tokenizer\n", recipe.model.preset);
  Agent agent = agent::make_tiny_agent(
      tokenizer_corpus(phones, recipe.seed, kCorpusEpisodes, recipe.threads),
      recipe.seed);
  agent.model->to(agent::device_named(recipe.device));
  return agent;
}

void apply_recipe(const Recipe& recipe, Agent& agent) {
  agent.prompt.thought =
      recipe.prompt.thought == "full" ? ThoughtStyle::kFull : ThoughtStyle::kFast;
  agent.prompt.history_steps = recipe.prompt.history_steps;
  agent.prompt.notes = recipe.prompt.notes;
  agent.prompt.earlier_screens = recipe.prompt.earlier_screens;
  if (recipe.prompt.max_pixels > 0) {
    const int smallest = agent.images.factor() * agent.images.factor();
    if (recipe.prompt.max_pixels < smallest)
      throw ConfigError(
          fmt::format("prompt.max_pixels must be 0 or at least {} with this "
                      "model, found {}",
                      smallest, recipe.prompt.max_pixels));
    agent.images.max_pixels = recipe.prompt.max_pixels;
    agent.images.min_pixels =
        std::min(agent.images.min_pixels, agent.images.max_pixels);
  }
  agent::Qwen25Vl model = agent.model;
  model->set_compute_type(recipe.dtype == "bfloat16" ? ComputeType::kBfloat16
                                                     : ComputeType::kFloat32);
  model->set_arithmetic(recipe.exact ? Arithmetic::kExact : Arithmetic::kFast);
  model->set_gradient_checkpointing(recipe.model.gradient_checkpointing);
  model->vision_cache().set_max_bytes(std::int64_t(recipe.model.vision_cache_mb) << 20);
  const LoraRecipe& lora = recipe.model.lora;
  if (lora.rank > 0 && !agent.lora) {
    agent.lora = agent::LoraConfig{lora.rank, lora.alpha, lora.targets};
    agent::add_lora(model, *agent.lora, Rng(recipe.seed).fork("lora"));
  }
}

// All parameters learn in stage 0; later the vision tower may stand still. With
// adapters nothing else learns.
Optimizer::NamedParameters trainable(const Recipe& recipe, const StageRecipe& stage,
                                     Agent& agent) {
  Optimizer::NamedParameters out;
  const bool freeze =
      recipe.model.freeze_vision && stage.kind != StageKind::kPerception;
  for (auto& item : agent.model->named_parameters()) {
    const bool frozen = (freeze && item.key().starts_with("visual.")) ||
                        (agent.lora && !agent::is_adapter_parameter(item.key()));
    item.value().set_requires_grad(!frozen);
    out.emplace_back(item.key(), item.value());
  }
  return out;
}

// What run.json says of a run, whatever its position is.
nlohmann::ordered_json state_of(const Recipe& recipe, const Phones& phones) {
  static const std::string binary = binary_hash();
  return {{"paperphone", version()},   {"git", git_hash()},
          {"binary", binary},          {"app_set_hash", phones.app_set_hash()},
          {"threads", recipe.threads}, {"device", recipe.device},
          {"seed", recipe.seed}};
}

class Trainer {
 public:
  Trainer(const Recipe& recipe, const TrainOptions& options, const Phones& phones,
          const RunFolder& folder)
      : recipe_(recipe),
        options_(options),
        folder_(folder),
        phones_(phones.with_thoughts(
            thought_language(recipe.prompt, agent::PromptStyle::kCompact))),
        metrics_(options.out, stage_starts(recipe)),
        checkpoint_(folder_.start()),
        agent_(checkpoint_
                   ? load_agent(folder_.checkpoint_folder(*checkpoint_) / "agent",
                                {.device = recipe.device})
                   : first_agent(recipe_, phones_)),
        position_(checkpoint_.value_or(RunPosition{})) {
    apply_recipe(recipe_, agent_);
    phones_ = phones.with_thoughts(thought_language(recipe_.prompt, agent_.prompt.style));
    write_state(/*finished=*/false, "");
    std::vector<std::string> finished;
    for (int i = 0; i < position_.stage; ++i)
      finished.push_back(recipe_.stages[std::size_t(i)].name);
    if (options.resume) {
      const bool over = position_.stage >= int(recipe_.stages.size());
      logged_ = metrics_.rewind(
          finished, over ? "" : recipe_.stages[std::size_t(position_.stage)].name,
          position_.step);
    }
    report("{}: {} parameters, {} vocabulary, {} threads, {}\n", options.out.string(),
           agent_.model->num_parameters(), agent_.tokenizer.size(), recipe_.threads,
           recipe_.dtype);
    tell_memory();
  }

  TrainResult run() {
    bool finished = true;
    while (finished && position_.stage < int(recipe_.stages.size()))
      finished = run_stage(recipe_.stages[std::size_t(position_.stage)]);
    TrainResult result{finished, agent_.model->weights_hash()};
    write_state(result.finished, result.weights_hash);
    return result;
  }

 private:
  // Weights on another device take their memory there.
  void tell_memory() {
    MemorySubject subject{.model = agent_.model->config(),
                          .num_parameters = agent_.model->num_parameters()};
    for (const StageRecipe& stage : recipe_.stages) {
      std::int64_t count = 0;
      for (const auto& [name, value] : trainable(recipe_, stage, agent_))
        if (value.requires_grad()) count += value.numel();
      subject.num_trainable = std::max(subject.num_trainable, count);
    }
    const agent::ImageSize seen = agent::smart_resize(
        {phones_.screen_height(), phones_.screen_width()}, agent_.images);
    const std::int64_t side = agent_.images.factor();
    subject.num_image_tokens = seen.height / side * (seen.width / side);
    report("{}: {}\n", options_.out.string(),
           memory_line(estimate_memory(recipe_, subject), available_memory_bytes()));
  }

  bool stopping() const { return options_.stop && *options_.stop; }

  // False: stopped in the middle, a checkpoint is written.
  bool run_stage(const StageRecipe& stage_recipe) {
    reset_peak_resident();
    auto parameters = trainable(recipe_, stage_recipe, agent_);
    if (position_.step < stage_recipe.steps) {
      const StageContext context = {.recipe = &recipe_,
                                    .stage = &stage_recipe,
                                    .phones = &phones_,
                                    .agent = &agent_,
                                    .folder = folder_.path(),
                                    .reference_kind = folder_.kind_of(kReferencePart)};
      const std::unique_ptr<Stage> stage = make_stage(context);
      const Optimizer::NamedParameters heads = stage->extra_parameters();
      parameters.insert(parameters.end(), heads.begin(), heads.end());
      heads_ = heads;
      Optimizer optimizer(parameters, stage_recipe.optimizer);
      if (position_.step > 0) {  // only right after a resume
        optimizer.load(folder_.checkpoint_folder(position_) / "optimizer.safetensors");
        folder_.load_heads(position_, heads);
        if (const std::string state = folder_.load_stage_state(position_); !state.empty())
          stage->restore(state);
      }
      if (!run_updates(stage_recipe, *stage, optimizer, heads)) return false;
    }
    finish_stage(stage_recipe);
    position_ = {position_.stage + 1, 0};
    save(nullptr, {}, "");
    return !stopping() || position_.stage == int(recipe_.stages.size());
  }

  bool run_updates(const StageRecipe& stage_recipe, Stage& stage, Optimizer& optimizer,
                   const Optimizer::NamedParameters& heads) {
    Progress progress(stage_recipe.name, stage_recipe.steps, "steps", position_.step);
    EarlyWarnings warnings(stage_recipe.kind);
    for (const MetricRecord& record : logged_)
      if (record.stage == stage_recipe.name) warnings.add(record.metrics);
    while (position_.step < stage_recipe.steps) {
      const auto start = std::chrono::steady_clock::now();
      const double lr =
          learning_rate(stage_recipe.optimizer, position_.step, stage_recipe.steps);
      Metrics metrics = update(stage_recipe, stage, optimizer, lr);
      metrics["lr"] = lr;
      metrics["seconds"] = seconds_since(start);
      add_derived(metrics);
      if (checkpoint_seconds_ > 0)  // since the update before
        metrics["checkpoint_seconds"] = std::exchange(checkpoint_seconds_, 0);
      metrics["peak_memory_mb"] = megabytes(peak_resident_bytes());
      for (const Warning& warning : warnings.add(metrics))
        progress.say(fmt::format("warning: {} update {}: {}", stage_recipe.name,
                                 position_.step + 1, warning.text));
      metrics["warnings"] = warnings.num_active();
      metrics[kUnixTime] = unix_time();
      metrics_.add(stage_recipe.name, position_.step, metrics);
      ++position_.step;
      progress.update(position_.step, note(stage_recipe.kind, metrics));
      const bool last = position_.step == stage_recipe.steps;
      if (last || stopping() || position_.step % stage_recipe.checkpoint_every == 0)
        save(&optimizer, heads, stage.state());
      if (stopping() && !last) return false;
    }
    return true;
  }

  void save(const Optimizer* optimizer, const Optimizer::NamedParameters& heads,
            std::string_view stage_state) {
    const auto start = std::chrono::steady_clock::now();
    metrics_.sync();
    folder_.save_checkpoint(position_, agent_, optimizer, heads, stage_state);
    write_state(/*finished=*/false, "");
    checkpoint_seconds_ += seconds_since(start);
  }

  // An update that leads to numbers which are none is the last one, and is not saved.
  Metrics update(const StageRecipe& stage_recipe, Stage& stage, Optimizer& optimizer,
                 double lr) {
    const auto stop = [&](const std::string& what, const std::string& where) {
      throw DataError(fmt::format(
          "{}: update {} of {} in stage '{}' (step {} of metrics.jsonl): {}{}; the "
          "checkpoints before it stay",
          folder_.path().string(), position_.step + 1, stage_recipe.steps,
          stage_recipe.name, position_.step, what, where));
    };
    try {
      Metrics metrics = stage.update(position_.step, optimizer, lr);
      const std::string bad = agent::first_not_finite(heads_);
      if (!bad.empty()) stop(fmt::format("'{}' is not finite any more", bad), "");
      return metrics;
    } catch (const NotFinite& error) {
      std::string where;
      try {
        where = fmt::format(
            "; its batch is {}",
            folder_.save_batch(stage_recipe.name, position_.step, error.batch())
                .string());
      } catch (const DataError& unsaved) {
        where = fmt::format("; its batch could not be saved: {}", unsaved.what());
      }
      stop(error.what(), where);
      throw;
    }
  }

  static std::string note(StageKind kind, const Metrics& metrics) {
    std::vector<const char*> names = {"loss"};
    switch (kind) {
      case StageKind::kPerception:
        names = {"loss", "glyph_accuracy", "where_accuracy", "what_accuracy"};
        break;
      case StageKind::kSft:
        names = {"loss", "token_accuracy"};
        break;
      case StageKind::kGrpoAction:
        names = {"reward", "action_reward", "format", "label_nll"};
        break;
      case StageKind::kGrpoTask:
        names = {"reward", "success", "turns"};
        break;
    }
    std::string text;
    for (const char* name : names)
      if (const auto found = metrics.find(name); found != metrics.end())
        text +=
            fmt::format("{}{} {:.3f}", text.empty() ? "" : "  ", name, found->second);
    return text;
  }

  void finish_stage(const StageRecipe& stage) {
    agent::save_agent(agent_, folder_.stage_folder(stage.name),
                      {.kind = folder_.kind_of(stage_part(stage.name)),
                       .others = NewFolder::Others::kKeep});
    if (!stage.evaluate || stage.kind == StageKind::kPerception) return;
    reset_peak_resident();
    const std::filesystem::path eval = folder_.path() / "eval";
    make_folder(eval);
    for (const char* suffix : {".db", ".db-wal", ".db-shm"})
      std::filesystem::remove(eval / (stage.name + suffix));
    agent::VlmPolicy policy(agent_, stage.name);
    policy.options().temperature = recipe_.eval.temperature;
    policy.options().max_new_tokens = recipe_.eval.max_new_tokens;
    policy.set_batch_size(recipe_.eval.num_envs);
    const auto start = std::chrono::steady_clock::now();
    const EvalReport evaluation = judge(policy, eval / (stage.name + ".db"));
    auto json = evaluation.to_json();
    const double peak_memory_mb = megabytes(peak_resident_bytes());
    json["peak_memory_mb"] = peak_memory_mb;
    write_file(eval / (stage.name + ".json"), json_text(json, 2) + "\n",
               Lasts::kPowerCut);
    Metrics metrics = evaluation_metrics(evaluation, json);
    metrics["eval_seconds"] = seconds_since(start);
    metrics["peak_memory_mb"] = peak_memory_mb;
    metrics[kUnixTime] = unix_time();
    metrics_.add(stage.name, stage.steps, metrics);
    report("{}", evaluation.to_text());
  }

  EvalReport judge(agent::Policy& policy, const std::filesystem::path& store_path) {
    const EvalRecipe& eval = recipe_.eval;
    RolloutRunner runner(phones_, {.num_rows = std::min(eval.num_envs, eval.episodes),
                                   .num_threads = recipe_.threads});
    data::TrajectoryStore store(store_path, data::TrajectoryStore::Mode::kCreate);
    Progress progress("eval " + policy.name(), eval.episodes, "episodes");
    return evaluate(
        runner,
        stream_jobs({.split = eval.split,
                     .seed = eval.seed,
                     .name = "eval",
                     .max_turns = eval.max_turns},
                    0, eval.episodes),
        policy, {.seed = eval.seed, .store = &store, .on_progress = [&](int finished) {
                   progress.update(finished);
                 }});
  }

  void write_state(bool finished, const std::string& weights_hash) const {
    nlohmann::ordered_json state = state_of(recipe_, phones_);
    state["stage"] = position_.stage;
    state["step"] = position_.step;
    state["finished"] = finished;
    state["weights_hash"] = weights_hash;
    folder_.write_state(std::move(state));
  }

  Recipe recipe_;
  TrainOptions options_;
  const RunFolder& folder_;
  Phones phones_;  // whose experts speak as the agent is prompted
  MetricsLog metrics_;
  Optimizer::NamedParameters heads_;  // of the present stage
  std::vector<MetricRecord> logged_;  // before this run was resumed
  std::optional<RunPosition> checkpoint_;  // that this run started from
  Agent agent_;
  RunPosition position_;
  double checkpoint_seconds_ = 0;  // not logged yet
};

}  // namespace

TrainResult train(Recipe recipe, const TrainOptions& options) {
  if (recipe.threads == 0)
    recipe.threads = std::max(1, int(std::thread::hardware_concurrency()));
  if (recipe.model.preset != "tiny")
    throw ConfigError(
        fmt::format("unknown model preset '{}', the only one is tiny; set "
                    "init_from for other sizes",
                    recipe.model.preset));
  agent::set_up_torch(recipe.threads);
  agent::device_named(recipe.device);
  const Phones phones = make_phones(recipe.phone);
  check_tasks(recipe, phones);
  const RunFolder folder = options.resume ? RunFolder::open(options.out, recipe)
                                          : RunFolder::create(options.out, recipe);
  if (const std::string changes = folder.changes(state_of(recipe, phones));
      !changes.empty())
    report("{}: {}\n", options.out.string(), changes);
  try {
    return Trainer(recipe, options, phones, folder).run();
  } catch (...) {
    if (!options.resume) folder.forget_unless_begun(recipe);
    throw;
  }
}

}  // namespace paperphone::rl
