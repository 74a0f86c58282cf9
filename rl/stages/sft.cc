// Stage 1: format SFT. The expert's response is the target, prompt with golden
// history and screenshot the condition; only response tokens are targets.
#include <fmt/format.h>

#include <map>

#include "agent/model/batch.h"
#include "env/base/error.h"
#include "env/base/host/progress.h"
#include "env/base/shuffle.h"
#include "rl/stages/demonstration.h"
#include "rl/stages/not_finite.h"
#include "rl/stages/stage.h"

namespace paperphone::rl {

using agent::Segment;
using agent::TrainingRow;

namespace {

class SftStage : public Stage {
 public:
  explicit SftStage(const StageContext& context) : context_(context) {
    const SftRecipe& sft = context.stage->sft;
    rows_ = demonstration_rows(*context.phones, *context.agent,
                               {.seed = context.recipe->seed,
                                .stream = context.stage->name,
                                .episodes = sft.demonstrations,
                                .noise = sft.noise,
                                .other_tasks = sft.other_tasks,
                                .other_weight = sft.other_weight,
                                .threads = context.recipe->threads});
    if (rows_.empty())
      throw ConfigError(fmt::format(
          "{}: the expert gave no demonstrations, are there tasks in the split?",
          context.stage->name));
  }

  Metrics update(int step, Optimizer& optimizer, double lr) override {
    std::vector<TrainingRow> rows;
    const int batch_size = context_.stage->sft.batch_size;
    for (int i = 0; i < batch_size; ++i) {
      const std::int64_t visit = std::int64_t(step) * batch_size + i;
      rows.push_back(rows_[shuffled_index(stage_rng(context_), rows_.size(), visit)]);
    }
    agent::Qwen25Vl model = context_.agent->model;
    const agent::Batch batch = agent::make_batch(rows, model->config(), context_.agent->images);
    const torch::Tensor logits_LT = model->forward(batch);
    const torch::Tensor logprobs_L = agent::target_logprobs(logits_LT, batch.target_ids_L);
    const torch::Tensor weights_L = target_weights(rows);
    const torch::Tensor loss = -(logprobs_L * weights_L).sum() / weights_L.sum();
    require_finite("the loss", loss.item<double>(), {&batch});
    loss.backward();

    const torch::NoGradGuard no_grad;
    const torch::Tensor right_L =
        agent::argmax_is_target(logits_LT, batch.target_ids_L);
    Metrics metrics = response_accuracies(rows, right_L);
    metrics["loss"] = loss.item<double>();
    metrics["token_accuracy"] = right_L.to(torch::kFloat32).mean().item<double>();
    metrics["tokens"] = double(batch.num_tokens());
    metrics["target_tokens"] = double(right_L.size(0));
    metrics["epoch"] = double(step) * batch_size / double(rows_.size());
    metrics["grad_norm"] = optimizer.step(lr);
    require_finite("the gradient", metrics["grad_norm"], {&batch});
    require_finite_weights(model, {&batch});
    return metrics;
  }

 private:
  static int targets_of(const Segment& segment) {
    return int(segment.ids.size()) - segment.first_target;
  }

  // [L] in the order of the batch's targets.
  static torch::Tensor target_weights(std::span<const TrainingRow> rows) {
    std::vector<float> weights;
    for (const TrainingRow& row : rows)
      for (const Segment& segment : row.segments)
        weights.insert(weights.end(), std::size_t(targets_of(segment)), segment.weight);
    return torch::tensor(weights);
  }

  // Shares of responses that are right to the last token: of all, and of the turns of
  // the episodes' own tasks, which come first in their rows.
  static Metrics response_accuracies(std::span<const TrainingRow> rows,
                                     const torch::Tensor& right_L) {
    double right = 0, asked = 0, own_right = 0;
    std::int64_t at = 0;
    for (const TrainingRow& row : rows) {
      for (std::size_t i = 0; i < row.segments.size(); ++i) {
        const int length = targets_of(row.segments[i]);
        const bool whole = right_L.slice(0, at, at + length).all().item<bool>();
        at += length;
        right += whole;
        own_right += i == 0 && whole;
        ++asked;
      }
    }
    return {{"response_accuracy", right / asked},
            {"own_response_accuracy", own_right / double(rows.size())}};
  }

  StageContext context_;
  std::vector<TrainingRow> rows_;
};

}  // namespace

std::unique_ptr<Stage> make_sft_stage(const StageContext& context) {
  return std::make_unique<SftStage>(context);
}

}  // namespace paperphone::rl
