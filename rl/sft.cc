// Stage 1: format SFT. The expert's response is the target, prompt with golden
// history and screenshot the condition; only response tokens are targets.
#include <fmt/format.h>

#include <map>

#include "agent/batch.h"
#include "env/error.h"
#include "rl/demonstration.h"
#include "rl/progress.h"
#include "rl/shuffle.h"
#include "rl/stage.h"

namespace paperphone {
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
    Qwen25Vl model = context_.agent->model;
    const Batch batch = make_batch(rows, model->config(), context_.agent->images);
    const torch::Tensor logits_LT = model->forward(batch);
    const torch::Tensor logprobs_L = logits_LT.log_softmax(1)
                                         .gather(1, batch.target_ids_L.unsqueeze(1))
                                         .squeeze(1);
    const torch::Tensor loss = -logprobs_L.mean();
    loss.backward();

    const torch::NoGradGuard no_grad;
    const torch::Tensor right_L = logits_LT.argmax(1) == batch.target_ids_L;
    int whole = 0;
    std::int64_t at = 0;
    for (int length : batch.segment_targets) {
      whole += right_L.slice(0, at, at + length).all().item<bool>();
      at += length;
    }
    Metrics metrics;
    metrics["loss"] = loss.item<double>();
    metrics["token_accuracy"] = right_L.to(torch::kFloat32).mean().item<double>();
    metrics["response_accuracy"] = double(whole) / double(batch.segment_targets.size());
    metrics["tokens"] = double(batch.num_tokens());
    metrics["target_tokens"] = double(at);
    metrics["epoch"] = double(step) * batch_size / double(rows_.size());
    metrics["grad_norm"] = optimizer.step(lr);
    return metrics;
  }

 private:
  StageContext context_;
  std::vector<TrainingRow> rows_;
};

}  // namespace

std::unique_ptr<Stage> make_sft_stage(const StageContext& context) {
  return std::make_unique<SftStage>(context);
}

}  // namespace paperphone
