#include "rl/run/memory_estimate.h"

#include <fmt/format.h>

#include <algorithm>

namespace paperphone::rl {

namespace {

constexpr double kGb = 1e9;
// Measured: the program with LibTorch, apps and fonts; a phone with its screen, its
// record and the pictures that its decisions show.
constexpr double kProgramBytes = 350e6, kPhoneBytes = 3e6;
constexpr double kPrefixCacheBytes = 256 << 20;
// Of instruction, history and response beside the screenshot, where nothing says more.
constexpr double kWords = 160;
// Copies of a layer's values that a pass back needs: norms, products, gates.
constexpr double kHiddenCopies = 10, kGateCopies = 4;

double layer_bytes(double tokens, double hidden, double gates) {
  return 4 * tokens * (kHiddenCopies * hidden + kGateCopies * gates);
}

struct Passes {
  double pictures = 0, tokens = 0, targets = 0;  // of a forward pass that is kept
};

Passes learning(const StageRecipe& stage, double image_tokens) {
  const auto rows = [&](double pictures, double segments, double words,
                        double targets) {
    return Passes{pictures, pictures * image_tokens + segments * words,
                  segments * targets};
  };
  switch (stage.kind) {
    case StageKind::kPerception: {
      const double screens = stage.perception.screens_per_step;
      return rows(screens, screens * stage.perception.questions_per_screen, 40, 20);
    }
    case StageKind::kSft: {
      const double screens = stage.sft.batch_size;
      return rows(screens, screens * (1 + stage.sft.other_tasks), kWords, 60);
    }
    case StageKind::kGrpoAction:
    case StageKind::kGrpoTask: {
      const double responses = stage.grpo.train_batch;
      return rows(stage.kind == StageKind::kGrpoTask
                      ? responses
                      : std::max(1.0, responses / stage.grpo.group_size),
                  responses, kWords, stage.grpo.max_new_tokens);
    }
  }
  return {};
}

int phones_of(const StageRecipe& stage) {
  switch (stage.kind) {
    case StageKind::kPerception:
    case StageKind::kSft:
      return 16;
    case StageKind::kGrpoAction:
      return stage.grpo.states_per_step;
    case StageKind::kGrpoTask:
      return stage.grpo.tasks_per_step * stage.grpo.group_size;
  }
  return 0;
}

bool plays(const StageRecipe& stage) {
  return stage.kind == StageKind::kGrpoAction || stage.kind == StageKind::kGrpoTask;
}

}  // namespace

MemoryEstimate estimate_memory(const Recipe& recipe, const MemorySubject& subject) {
  const agent::ModelConfig& model = subject.model;
  const double image = double(subject.num_image_tokens),
               patches = image * model.vision.merge_group();
  const double parameters = double(subject.num_parameters);
  MemoryEstimate out;
  out.weights = parameters * (recipe.dtype == "bfloat16" ? 6 : 4);
  out.optimizer = 12.0 * double(subject.num_trainable);
  out.caches = double(recipe.model.vision_cache_mb) * (1 << 20) + kPrefixCacheBytes;
  const double kv = 2.0 * model.num_layers * model.num_kv_heads * model.head_dim();
  // A prompt beside others: keys and values, a layer's values, and its response's.
  const auto playing = [&](double rows, double samples, double new_tokens) {
    const double tokens = image + 3 * kWords;
    return 4 * kv * (2 * rows * tokens + samples * new_tokens) +
           layer_bytes(rows * tokens, model.hidden_size, model.intermediate_size) +
           4.0 * samples * model.vocab_size;
  };
  double most_phones = 0;
  for (const StageRecipe& stage : recipe.stages) {
    most_phones = std::max(most_phones, double(phones_of(stage)));
    const Passes passes = learning(stage, image);
    const double kept_layers =
        recipe.model.gradient_checkpointing ? 1 : model.num_layers;
    double bytes = kept_layers * layer_bytes(passes.tokens, model.hidden_size,
                                             model.intermediate_size) +
                   3 * 4.0 * passes.targets * model.vocab_size;
    if (!recipe.model.freeze_vision || stage.kind == StageKind::kPerception)
      bytes += model.vision.depth * layer_bytes(passes.pictures * patches,
                                                model.vision.hidden_size,
                                                model.vision.intermediate_size);
    if (plays(stage)) {
      const double prompts = phones_of(stage);
      const double samples = stage.kind == StageKind::kGrpoAction
                                 ? prompts * stage.grpo.group_size
                                 : prompts;
      bytes = std::max(bytes, playing(prompts, samples, stage.grpo.max_new_tokens));
      if (stage.grpo.kl_coef > 0) out.weights = std::max(out.weights, parameters * 10);
    }
    if (stage.evaluate && stage.kind != StageKind::kPerception) {
      const double rows = std::min(recipe.eval.num_envs, recipe.eval.episodes);
      most_phones = std::max(most_phones, rows);
      bytes = std::max(bytes, playing(rows, rows, recipe.eval.max_new_tokens));
    }
    out.batch = std::max(out.batch, bytes);
  }
  out.phones = kProgramBytes + kPhoneBytes * most_phones;
  return out;
}

std::string memory_line(const MemoryEstimate& e, std::int64_t available) {
  std::string line = fmt::format(
      "about {:.1f} GB of memory at the most: weights {:.2f}, optimizer {:.2f}, caches "
      "{:.2f}, program and phones {:.2f}, batch {:.2f}",
      e.total() / kGb, e.weights / kGb, e.optimizer / kGb, e.caches / kGb,
      e.phones / kGb, e.batch / kGb);
  if (available > 0 && e.total() > double(available))
    line += fmt::format(
        "; the machine has {:.1f} GB left, fewer phones (eval.num_envs), a "
        "smaller batch or model.gradient_checkpointing take less",
        double(available) / kGb);
  return line;
}

}  // namespace paperphone::rl
