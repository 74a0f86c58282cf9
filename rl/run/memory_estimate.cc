#include "rl/run/memory_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace paperphone::rl {

namespace {

constexpr double kGb = 1e9;
// Measured, as all numbers here: the program with LibTorch, apps and fonts; the library
// of matrix products in float32 beside it; a phone with its screen and its record.
constexpr double kProgramBytes = 270e6, kFloat32ProgramBytes = 80e6, kPhoneBytes = 3e6;
constexpr double kPrefixCacheBytes = 256 << 20;
// A compressed screenshot with what is asked about it (env/base/compression.h), and how
// many different ones an episode of the expert's shows.
constexpr double kScreenBytes = 88e3, kScreensOfAnEpisode = 9;
// Tokens of instruction and history beside a screenshot; of a question, of what answers
// one, and of an expert's response.
constexpr double kPromptWords = 65, kQuestionWords = 30, kAnswerWords = 5;
constexpr double kResponseWords = 15;
// Samples of a group that stand before the same prompt in one and the same turn.
constexpr double kSharedPrompts = 1.5;
// What a token leaves in a layer for the pass back: norms, products, gates.
constexpr double kHiddenCopies = 10, kGateCopies = 2.6;
// Each of which is this large: the library's way in float32 keeps more of them.
constexpr double kBfloat16Copy = 2, kFloat32Copy = 7;
// Scores over the vocabulary, their logarithms, and the gradient.
constexpr double kScoreCopies = 3;
// Of the convolutional stem's map, and the dense losses' scores of a screen's
// characters.
constexpr double kStemCopies = 3, kStemStride = 4, kDenseLossBytes = 5e6;
// Blocks that wait for tensors of their size (agent/ops/tensor_memory.h).
constexpr double kWaiting = 9.0 / 8, kWaitingBytes = 64 << 20;

// What one update or one turn of play works on at a time.
struct Work {
  double pictures = 0;  // seen by a vision tower that learns
  double tokens = 0;
  double targets = 0;
};

class StageEstimate {
 public:
  StageEstimate(const Recipe& recipe, const MemorySubject& subject,
                const StageRecipe& stage)
      : recipe_(recipe),
        stage_(stage),
        model_(subject.model),
        image_tokens_(double(subject.num_image_tokens)),
        parameters_(double(subject.num_parameters)),
        trainable_(double(subject.num_trainable)) {}

  MemoryEstimate learning() const {
    MemoryEstimate out = with_phones(phones());
    out.optimizer = 12 * trainable_;
    out.demonstrations = kScreenBytes * screens();
    out.batch = kept(work());
    if (plays()) {
      out.batch = std::max(out.batch,
                           playing(prompts(), samples(), stage_.grpo.max_new_tokens));
      out.caches = prefixes(turns());
      if (stage_.grpo.kl_coef > 0) out.weights *= 2;
    }
    if (!tower_learns()) out.caches += kept_pictures(seen());
    out.batch = waiting(out.batch);
    return out;
  }

  MemoryEstimate evaluation() const {
    const double rows = std::min(recipe_.eval.num_envs, recipe_.eval.episodes);
    const double turns = recipe_.eval.episodes * kScreensOfAnEpisode;
    MemoryEstimate out = with_phones(rows);
    out.optimizer = 4 * trainable_;  // gradients
    out.caches = prefixes(turns) + kept_pictures(turns);
    out.batch = waiting(playing(rows, rows, recipe_.eval.max_new_tokens));
    return out;
  }

 private:
  bool plays() const {
    return stage_.kind == StageKind::kGrpoAction || stage_.kind == StageKind::kGrpoTask;
  }
  bool tower_learns() const {
    return !recipe_.model.freeze_vision || stage_.kind == StageKind::kPerception;
  }
  double value_bytes() const { return recipe_.dtype == "bfloat16" ? 2 : 4; }

  double phones() const {
    constexpr double kSideBySide = 16;
    switch (stage_.kind) {
      case StageKind::kPerception:
        return kSideBySide;
      case StageKind::kSft:
        return std::min<double>(kSideBySide, stage_.sft.demonstrations);
      case StageKind::kGrpoAction:
        return stage_.grpo.states_per_step;
      case StageKind::kGrpoTask:
        return samples();
    }
    return 0;
  }
  // Screenshots that are kept to be learned from.
  double screens() const {
    switch (stage_.kind) {
      case StageKind::kPerception:
        return stage_.perception.screen_pool;
      case StageKind::kSft:
        return stage_.sft.demonstrations * kScreensOfAnEpisode;
      case StageKind::kGrpoAction:
      case StageKind::kGrpoTask:
        return 0;
    }
    return 0;
  }
  // Screenshots that the updates look at.
  double seen() const {
    if (stage_.kind != StageKind::kSft) return stage_.steps * turns();
    return std::min(screens(), double(stage_.steps) * stage_.sft.batch_size);
  }
  double prompts() const {
    return stage_.kind == StageKind::kGrpoAction ? stage_.grpo.states_per_step
                                                 : samples();
  }
  double samples() const {
    return double(stage_.grpo.group_size) * (stage_.kind == StageKind::kGrpoAction
                                                 ? stage_.grpo.states_per_step
                                                 : stage_.grpo.tasks_per_step);
  }
  double turns() const {  // of an update
    return prompts() *
           (stage_.kind == StageKind::kGrpoTask ? stage_.grpo.max_turns : 1);
  }

  Work work() const {
    switch (stage_.kind) {
      case StageKind::kPerception: {
        const double pictures = stage_.perception.screens_per_step,
                     questions = pictures * stage_.perception.questions_per_screen;
        return {pictures, pictures * image_tokens_ + questions * kQuestionWords,
                questions * kAnswerWords};
      }
      case StageKind::kSft: {
        const double pictures = stage_.sft.batch_size,
                     turns = pictures * (1 + stage_.sft.other_tasks);
        return {pictures,
                pictures * image_tokens_ + turns * (kPromptWords + kResponseWords),
                turns * kResponseWords};
      }
      case StageKind::kGrpoAction:
      case StageKind::kGrpoTask: {
        const bool one_turn = stage_.kind == StageKind::kGrpoAction;
        const double responses =
            std::min<double>(stage_.grpo.train_batch, one_turn ? samples() : 1e9);
        const double pictures = std::max(
            1.0, responses / (one_turn ? stage_.grpo.group_size : kSharedPrompts));
        const double targets = responses * stage_.grpo.max_new_tokens;
        return {pictures, pictures * (image_tokens_ + kPromptWords) + targets, targets};
      }
    }
    return {};
  }

  double layer(double tokens, double hidden, double gates) const {
    const double copy = recipe_.dtype == "bfloat16" ? kBfloat16Copy : kFloat32Copy;
    return copy * tokens * (kHiddenCopies * hidden + kGateCopies * gates);
  }
  double scores(double rows) const { return 4 * rows * model_.vocab_size; }

  // Until the pass back.
  double kept(const Work& work) const {
    const bool again = recipe_.model.gradient_checkpointing;
    double bytes =
        (again ? 1 : model_.num_layers) *
            layer(work.tokens, model_.hidden_size, model_.intermediate_size) +
        kScoreCopies * scores(work.targets);
    if (tower_learns()) {
      const agent::VisionConfig& vision = model_.vision;
      const double patches = work.pictures * image_tokens_ * vision.merge_group();
      const double pixels = patches * vision.patch_size * vision.patch_size;
      bytes +=
          (again ? 1 : vision.depth) *
              layer(patches, vision.hidden_size, vision.intermediate_size) +
          4 * patches * vision.patch_values() +
          kStemCopies * 4 * vision.stem_channels * pixels / (kStemStride * kStemStride);
    }
    if (stage_.kind == StageKind::kPerception) bytes += kDenseLossBytes * work.pictures;
    return bytes;
  }

  double keys_and_values(double tokens) const {
    return 2.0 * value_bytes() * tokens * model_.num_layers * model_.num_kv_heads *
           model_.head_dim();
  }
  // Of prompts, and twice of responses, which grow by copies.
  double playing(double rows, double responses, double new_tokens) const {
    const double tokens = rows * (image_tokens_ + kPromptWords);
    return keys_and_values(tokens + 2 * responses * new_tokens) +
           layer(tokens, model_.hidden_size, model_.intermediate_size) +
           scores(responses);
  }

  double prefixes(double prompts) const {
    return std::min(kPrefixCacheBytes,
                    keys_and_values(prompts * (image_tokens_ + kPromptWords)));
  }
  double kept_pictures(double pictures) const {
    return std::min(double(recipe_.model.vision_cache_mb) * (1 << 20),
                    value_bytes() * pictures * image_tokens_ * model_.hidden_size);
  }
  double waiting(double bytes) const {
    return bytes * kWaiting + std::min(bytes, kWaitingBytes);
  }

  MemoryEstimate with_phones(double phones) const {
    MemoryEstimate out;
    out.stage = stage_.name;
    out.weights = parameters_ * (recipe_.dtype == "bfloat16" ? 6 : 4);
    out.phones = kProgramBytes + kPhoneBytes * phones +
                 (recipe_.dtype == "bfloat16" ? 0 : kFloat32ProgramBytes);
    return out;
  }

  const Recipe& recipe_;
  const StageRecipe& stage_;
  const agent::ModelConfig& model_;
  double image_tokens_, parameters_, trainable_;
};

}  // namespace

MemoryEstimate estimate_memory(const Recipe& recipe, const MemorySubject& subject) {
  MemoryEstimate most;
  for (const StageRecipe& stage : recipe.stages) {
    const StageEstimate estimate(recipe, subject, stage);
    std::vector<MemoryEstimate> all = {estimate.learning()};
    if (stage.evaluate && stage.kind != StageKind::kPerception)
      all.push_back(estimate.evaluation());
    for (const MemoryEstimate& one : all)
      if (one.total() > most.total()) most = one;
  }
  return most;
}

std::string memory_line(const MemoryEstimate& e, std::int64_t available) {
  std::string line = fmt::format(
      "about {:.1f} GB of memory at the most, in '{}': weights {:.2f}, optimizer "
      "{:.2f}, "
      "caches {:.2f}, program and phones {:.2f}, screens to learn from {:.2f}, batch "
      "{:.2f}",
      e.total() / kGb, e.stage, e.weights / kGb, e.optimizer / kGb, e.caches / kGb,
      e.phones / kGb, e.demonstrations / kGb, e.batch / kGb);
  if (available > 0 && e.total() > double(available))
    line += fmt::format(
        "; the machine has {:.1f} GB left, fewer phones (eval.num_envs), a "
        "smaller batch, fewer demonstrations or model.gradient_checkpointing take less",
        double(available) / kGb);
  return line;
}

}  // namespace paperphone::rl
