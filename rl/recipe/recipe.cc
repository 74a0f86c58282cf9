#include "rl/recipe/recipe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "env/base/error.h"
#include "rl/recipe/yaml_config.h"

namespace paperphone::rl {
namespace {

const std::vector<std::string> kStageKinds = {"perception", "sft", "grpo_action",
                                              "grpo_task"};

// The keys are described once (describe_* below) for an Io that either reads a
// mapping or writes one, so that a key cannot be read but not written.
class Reader {
 public:
  explicit Reader(YamlConfig config) : config_(std::move(config)) {}
  template <class Int>
  void integer(const char* key, Int& value, std::int64_t low, std::int64_t high) {
    value = Int(config_.integer(key, std::int64_t(value), {low, high}));
  }
  void seed(const char* key, std::uint64_t& value) { value = config_.seed(key, value); }
  void real(const char* key, double& value, double low, double high) {
    value = config_.real(key, value, {low, high});
  }
  void boolean(const char* key, bool& value) { value = config_.boolean(key, value); }
  void text(const char* key, std::string& value) { value = config_.text(key, value); }
  void choice(const char* key, std::string& value,
              const std::vector<std::string>& allowed) {
    value = config_.choice(key, value, allowed);
  }
  template <class E, std::size_t N>
  void choice(const char* key, E& value, const Named<E> (&allowed)[N]) {
    const std::span<const Named<E>> all(allowed);
    value = value_named(all, config_.choice(key, name_of(all, value), names_of(all)));
  }
  void required_choice(const char* key, std::string& value,
                       const std::vector<std::string>& allowed) {
    if (!config_.has(key))
      throw ConfigError(fmt::format("{}: '{}' is missing, say one of {}",
                                    config_.where(), key, fmt::join(allowed, ", ")));
    choice(key, value, allowed);
  }
  void texts(const char* key, std::vector<std::string>& value) {
    value = config_.texts(key, value);
  }
  template <class F>
  void map(const char* key, F&& describe) {
    Reader inner(config_.map(key));
    describe(inner);
  }
  template <class T, class F>
  void maps(const char* key, std::vector<T>& items, F&& describe) {
    for (YamlConfig& item : config_.maps(key)) {
      Reader inner(std::move(item));
      describe(inner, items.emplace_back());
    }
  }
 private:
  YamlConfig config_;
};

class Writer {
 public:
  explicit Writer(YAML::Emitter& out) : out_(out) {}
  template <class Int>
  void integer(const char* key, Int& value, std::int64_t, std::int64_t) {
    out_ << YAML::Key << key << YAML::Value << std::int64_t(value);
  }
  void seed(const char* key, std::uint64_t& value) {
    out_ << YAML::Key << key << YAML::Value << value;
  }
  void real(const char* key, double& value, double, double) {
    out_ << YAML::Key << key << YAML::Value << fmt::format("{}", value);
  }
  void boolean(const char* key, bool& value) {
    out_ << YAML::Key << key << YAML::Value << value;
  }
  void text(const char* key, std::string& value) {
    out_ << YAML::Key << key << YAML::Value << value;
  }
  void choice(const char* key, std::string& value, const std::vector<std::string>&) {
    text(key, value);
  }
  template <class E, std::size_t N>
  void choice(const char* key, E& value, const Named<E> (&allowed)[N]) {
    std::string name = name_of(std::span<const Named<E>>(allowed), value);
    text(key, name);
  }
  void required_choice(const char* key, std::string& value,
                       const std::vector<std::string>&) {
    text(key, value);
  }
  void texts(const char* key, std::vector<std::string>& value) {
    out_ << YAML::Key << key << YAML::Value << YAML::Flow << value;
  }
  template <class F>
  void map(const char* key, F&& describe) {
    out_ << YAML::Key << key << YAML::Value << YAML::BeginMap;
    describe(*this);
    out_ << YAML::EndMap;
  }
  template <class T, class F>
  void maps(const char* key, std::vector<T>& items, F&& describe) {
    out_ << YAML::Key << key << YAML::Value << YAML::BeginSeq;
    for (T& item : items) {
      out_ << YAML::BeginMap;
      describe(*this, item);
      out_ << YAML::EndMap;
    }
    out_ << YAML::EndSeq;
  }
 private:
  YAML::Emitter& out_;
};

constexpr std::int64_t kMany = 1'000'000'000;

void describe_optimizer(auto& io, OptimizerRecipe& o) {
  io.choice("kind", o.kind, {"adamw", "muon"});
  io.real("lr", o.lr, 0, 1);
  io.integer("warmup_steps", o.warmup_steps, 0, kMany);
  io.choice("schedule", o.schedule, {"constant", "linear", "cosine"});
  io.real("final_lr_fraction", o.final_lr_fraction, 0, 1);
  io.real("weight_decay", o.weight_decay, 0, 1);
  io.real("momentum", o.momentum, 0, 0.9999);
  io.real("beta1", o.beta1, 0, 0.9999);
  io.real("beta2", o.beta2, 0, 0.999999);
  io.real("eps", o.eps, 1e-20, 1);
  io.real("grad_clip", o.grad_clip, 0, 1e9);
}

void describe_perception(auto& io, PerceptionRecipe& p) {
  io.integer("screens_per_step", p.screens_per_step, 1, 4096);
  io.integer("questions_per_screen", p.questions_per_screen, 1, 256);
  io.real("tap_share", p.tap_share, 0, 1);
  io.integer("screen_pool", p.screen_pool, 1, 10'000'000);
  io.integer("pool_passes", p.pool_passes, 0, 1'000'000);
  io.real("noise", p.noise, 0, 1);
  io.real("scrambled", p.scrambled, 0, 1);
  io.real("glyph_weight", p.glyph_weight, 0, 1000);
  io.real("token_glyph_weight", p.token_glyph_weight, 0, 1000);
  io.real("question_weight", p.question_weight, 0, 1000);
}

void describe_sft(auto& io, SftRecipe& s) {
  io.integer("batch_size", s.batch_size, 1, 65536);
  io.integer("other_tasks", s.other_tasks, 0, 64);
  io.real("other_weight", s.other_weight, 0, 1000);
  io.integer("demonstrations", s.demonstrations, 1, 10'000'000);
  io.real("noise", s.noise, 0, 0.9);
}

void describe_grpo(auto& io, GrpoRecipe& g, StageKind kind) {
  io.integer("group_size", g.group_size, 2, 1024);
  io.choice("advantage", g.advantage, kAdvantages);
  io.choice("aggregation", g.aggregation, kAggregations);
  io.real("clip_low", g.clip_low, 0, 1);
  io.real("clip_high", g.clip_high, 0, 100);
  io.real("kl_coef", g.kl_coef, 0, 100);
  io.real("temperature", g.temperature, 0.01, 10);
  io.integer("max_new_tokens", g.max_new_tokens, 1, 4096);
  io.integer("updates_per_batch", g.updates_per_batch, 1, 64);
  io.integer("train_batch", g.train_batch, 1, 65536);
  io.boolean("skip_equal_groups", g.skip_equal_groups);
  io.real("label_weight", g.label_weight, 0, 1000);
  io.choice("format_reward", g.format_reward, kFormatRewards);
  if (kind == StageKind::kGrpoAction) {
    io.integer("states_per_step", g.states_per_step, 1, 4096);
    io.choice("states", g.states, kStates);
    io.real("expert_share", g.expert_share, 0, 1);
    io.real("noise", g.noise, 0, 0.9);
  } else {
    io.integer("tasks_per_step", g.tasks_per_step, 1, 4096);
    io.integer("max_turns", g.max_turns, 1, 1000);
    io.real("progress_weight", g.progress_weight, 0, 100);
    io.real("length_weight", g.length_weight, 0, 100);
    io.real("distance_weight", g.distance_weight, 0, 100);
    io.real("side_effect_penalty", g.side_effect_penalty, 0, 100);
    io.real("false_completion_penalty", g.false_completion_penalty, 0, 100);
    io.choice("turn_advantage", g.turn_advantage, kTurnAdvantages);
    io.real("turn_weight", g.turn_weight, 0, 100);
    io.real("discount", g.discount, 0, 1);
  }
}

void describe_stage(auto& io, StageRecipe& stage) {
  io.text("name", stage.name);
  std::string kind(stage_kind_name(stage.kind));
  io.required_choice("kind", kind, kStageKinds);
  const auto found = std::find(kStageKinds.begin(), kStageKinds.end(), kind);
  stage.kind = StageKind(found - kStageKinds.begin());
  io.integer("steps", stage.steps, 0, kMany);
  io.integer("checkpoint_every", stage.checkpoint_every, 1, kMany);
  io.boolean("evaluate", stage.evaluate);
  io.map("optimizer", [&](auto& inner) { describe_optimizer(inner, stage.optimizer); });
  switch (stage.kind) {
    case StageKind::kPerception: describe_perception(io, stage.perception); break;
    case StageKind::kSft: describe_sft(io, stage.sft); break;
    default: describe_grpo(io, stage.grpo, stage.kind); break;
  }
}

void describe_recipe(auto& io, Recipe& recipe) {
  io.seed("seed", recipe.seed);
  io.integer("threads", recipe.threads, 0, 1024);
  io.choice("dtype", recipe.dtype, {"float32", "bfloat16"});
  io.boolean("exact", recipe.exact);
  io.text("device", recipe.device);
  io.map("model", [&](auto& inner) {
    inner.text("preset", recipe.model.preset);
    inner.text("init_from", recipe.model.init_from);
    inner.boolean("freeze_vision", recipe.model.freeze_vision);
    inner.integer("vision_cache_mb", recipe.model.vision_cache_mb, 0, 1 << 20);
    inner.boolean("gradient_checkpointing", recipe.model.gradient_checkpointing);
    inner.map("lora", [&](auto& lora) {
      lora.integer("rank", recipe.model.lora.rank, 0, 4096);
      lora.real("alpha", recipe.model.lora.alpha, 0, 1e6);
      lora.texts("targets", recipe.model.lora.targets);
    });
  });
  io.map("prompt", [&](auto& inner) {
    inner.choice("thought", recipe.prompt.thought, {"full", "fast"});
    inner.choice("language", recipe.prompt.language, {"auto", "chinese", "english"});
    inner.integer("history_steps", recipe.prompt.history_steps, 0, 100);
    inner.boolean("notes", recipe.prompt.notes);
    inner.integer("earlier_screens", recipe.prompt.earlier_screens, 0, 16);
    inner.integer("max_pixels", recipe.prompt.max_pixels, 0, kMany);
  });
  io.map("phone", [&](auto& inner) {
    inner.texts("apps", recipe.phone.apps);
    inner.integer("width", recipe.phone.width, 180, 4320);
    inner.integer("height", recipe.phone.height, 180, 4320);
    inner.boolean("dark", recipe.phone.dark);
    inner.boolean("shuffle_icons", recipe.phone.shuffle_icons);
    inner.choice("suite", recipe.phone.suite, {"clean", "everyday", "hostile"});
  });
  io.map("eval", [&](auto& inner) {
    inner.text("split", recipe.eval.split);
    inner.integer("episodes", recipe.eval.episodes, 1, kMany);
    inner.integer("num_envs", recipe.eval.num_envs, 1, 4096);
    inner.integer("max_turns", recipe.eval.max_turns, 0, 1000);
    inner.real("temperature", recipe.eval.temperature, 0, 10);
    inner.integer("max_new_tokens", recipe.eval.max_new_tokens, 1, 4096);
    inner.seed("seed", recipe.eval.seed);
  });
  io.maps("stages", recipe.stages,
          [](auto& inner, StageRecipe& stage) { describe_stage(inner, stage); });
}

Recipe read(YamlConfig config) {
  Recipe recipe;
  Reader io(config);
  describe_recipe(io, recipe);
  config.finish();
  if (recipe.stages.empty())
    throw ConfigError(fmt::format("{}: 'stages' is empty, a recipe needs at least one",
                                  config.where()));
  if (recipe.model.lora.rank > 0 && recipe.model.lora.targets.empty())
    throw ConfigError(fmt::format("{}: lora.targets is empty, nothing would learn; name "
                                  "projections or leave lora out",
                                  config.where("model")));
  for (std::size_t i = 0; i < recipe.stages.size(); ++i) {
    StageRecipe& stage = recipe.stages[i];
    if (stage.name.empty()) stage.name = fmt::format("stage{}", i);
    const bool plain = std::all_of(stage.name.begin(), stage.name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain)
      throw ConfigError(fmt::format(
          "{}: stage name '{}' must be made of a-z, 0-9 and _ (it names a folder)",
          config.where("stages"), stage.name));
    if (stage.name == "eval")
      throw ConfigError(fmt::format("{}: no stage may be named 'eval', its folder holds "
                                    "the evaluations",
                                    config.where("stages")));
    if (stage.name == "tensorboard")
      throw ConfigError(fmt::format("{}: no stage may be named 'tensorboard', its "
                                    "folder holds the events",
                                    config.where("stages")));
    if (stage.name.starts_with("reference_"))
      throw ConfigError(fmt::format("{}: no stage may be named 'reference_...', such "
                                    "folders hold the weights of KL terms",
                                    config.where("stages")));
    for (std::size_t j = 0; j < i; ++j)
      if (recipe.stages[j].name == stage.name)
        throw ConfigError(fmt::format("{}: two stages are named '{}'",
                                      config.where("stages"), stage.name));
  }
  return recipe;
}

}  // namespace

std::string_view stage_kind_name(StageKind kind) {
  return kStageKinds[std::size_t(kind)];
}

Recipe load_recipe(const std::filesystem::path& path) {
  Recipe recipe = read(YamlConfig::load(path));
  // Beside the recipe, wherever it is run from.
  std::string& from = recipe.model.init_from;
  if (!from.empty())
    from = std::filesystem::absolute(path.parent_path() / from).lexically_normal().string();
  return recipe;
}

Recipe parse_recipe(std::string_view yaml, std::string_view name) {
  return read(YamlConfig::parse(yaml, name));
}

std::string recipe_to_yaml(const Recipe& recipe) {
  YAML::Emitter out;
  out << YAML::BeginMap;
  Writer io(out);
  Recipe copy = recipe;
  describe_recipe(io, copy);
  out << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

}  // namespace paperphone::rl
