#include "rl/stages/grpo.h"

#include <algorithm>
#include <cmath>

#include "agent/model/batch.h"
#include "rl/losses/packing.h"
#include "rl/stages/not_finite.h"

namespace paperphone::rl {

using agent::Agent;
using agent::Qwen25Vl;
using agent::Sample;
using agent::TrainingRow;

GrpoLossConfig loss_config(const GrpoRecipe& recipe) {
  return {.clip_low = recipe.clip_low,
          .clip_high = recipe.clip_high,
          .dual_clip = 3.0,
          .kl_coef = recipe.kl_coef,
          .aggregation = recipe.aggregation,
          .constant_length = double(recipe.max_new_tokens)};
}

namespace {

// Rows for one forward, with what stays the same over the passes.
struct MicroBatch {
  agent::Batch batch;
  torch::Tensor advantages_N;
  torch::Tensor mask_NT;
  torch::Tensor old_NT;  // of the first pass
  torch::Tensor ref_NT;  // undefined without a KL term
};

struct RolloutDifference {
  double sum = 0;
  double max = 0;
  double tokens = 0;
  void add(const torch::Tensor& trained_L, const std::vector<float>& rollout_L) {
    const auto rollout = torch::tensor(rollout_L, torch::kFloat32);
    const auto difference = (trained_L - rollout).abs();
    sum += difference.sum().item<double>();
    max = std::max(max, difference.max().item<double>());
    tokens += double(rollout_L.size());
  }
};

class Update {
 public:
  Update(Agent& agent, const GrpoRecipe& recipe, Qwen25Vl reference)
      : agent_(agent), recipe_(recipe), reference_(std::move(reference)) {}

  void prepare(std::span<const ScoredSample> scored) {
    std::vector<const Sample*> samples;
    for (const ScoredSample& one : scored) samples.push_back(one.sample);
    std::vector<TrainingRow> rows;
    std::vector<int> members;  // indices of the rows' samples, in segment order
    const auto flush = [&] {
      if (!rows.empty()) make_micro_batch(scored, rows, members);
      rows.clear();
      members.clear();
    };
    for (const auto& group : group_by_prompt(samples, recipe_.train_batch)) {
      if (int(members.size() + group.size()) > recipe_.train_batch) flush();
      std::vector<Sample> copies;
      for (int index : group) copies.push_back(*samples[std::size_t(index)]);
      rows.push_back(agent::row_of_group(copies));
      members.insert(members.end(), group.begin(), group.end());
    }
    flush();
  }

  // One pass over all micro-batches: gradients only, no step.
  GrpoStats pass(bool first) {
    GrpoStats stats;
    const GrpoLossConfig config = loss_config(recipe_);
    for (MicroBatch& micro : micros_) {
      const torch::Tensor logprobs_L = agent_.model->target_logprobs(micro.batch);
      const torch::Tensor logprobs_NT =
          pad_segments(logprobs_L, micro.batch.segment_targets);
      if (first) {
        micro.old_NT = logprobs_NT.detach();
        difference_.add(logprobs_L.detach(), rollout_logprobs_[index_of(micro)]);
      }
      const GrpoLoss loss = grpo_loss({.logprobs_NT = logprobs_NT,
                                       .old_logprobs_NT = micro.old_NT,
                                       .ref_logprobs_NT = micro.ref_NT,
                                       .mask_NT = micro.mask_NT,
                                       .advantages_N = micro.advantages_N},
                                      config, count_);
      require_finite("the loss", loss.loss.item<double>(), {&micro.batch});
      loss.loss.backward();
      stats.add(loss.stats);
    }
    return stats;
  }

  bool empty() const { return micros_.empty(); }
  std::vector<const agent::Batch*> batches() const {
    std::vector<const agent::Batch*> out;
    for (const MicroBatch& micro : micros_) out.push_back(&micro.batch);
    return out;
  }
  const RolloutDifference& difference() const { return difference_; }
  double tokens() const { return tokens_; }

 private:
  std::size_t index_of(const MicroBatch& micro) const {
    return std::size_t(&micro - micros_.data());
  }

  void make_micro_batch(std::span<const ScoredSample> scored,
                        const std::vector<TrainingRow>& rows,
                        const std::vector<int>& members) {
    MicroBatch micro;
    micro.batch = agent::make_batch(rows, agent_.model->config(), agent_.images);
    std::vector<float> advantages;
    std::vector<float> rollout;
    for (int index : members) {
      const ScoredSample& one = scored[std::size_t(index)];
      advantages.push_back(one.advantage);
      rollout.insert(rollout.end(), one.sample->logprobs.begin(),
                     one.sample->logprobs.end());
    }
    micro.advantages_N = torch::tensor(advantages, torch::kFloat32);
    micro.mask_NT = segment_mask(micro.batch.segment_targets);
    if (recipe_.kl_coef > 0) {
      const torch::NoGradGuard no_grad;
      micro.ref_NT = pad_segments(reference_->target_logprobs(micro.batch),
                                  micro.batch.segment_targets);
    }
    count_.tokens += double(rollout.size());
    count_.responses += double(members.size());
    tokens_ += double(micro.batch.num_tokens());
    rollout_logprobs_.push_back(std::move(rollout));
    micros_.push_back(std::move(micro));
  }

  Agent& agent_;
  const GrpoRecipe& recipe_;
  Qwen25Vl reference_;
  std::vector<MicroBatch> micros_;
  std::vector<std::vector<float>> rollout_logprobs_;  // per micro-batch, flat
  BatchCount count_;
  RolloutDifference difference_;
  double tokens_ = 0;
};

}  // namespace

Metrics grpo_update(Agent& agent, Optimizer& optimizer, const GrpoRecipe& recipe,
                    std::span<const ScoredSample> samples, double lr,
                    Qwen25Vl reference) {
  std::vector<ScoredSample> useful;
  const bool skip = recipe.skip_equal_groups && recipe.kl_coef == 0;
  for (const ScoredSample& one : samples)
    if (!one.sample->response_ids.empty() && !(skip && one.advantage == 0))
      useful.push_back(one);
  Metrics metrics;
  metrics["trained_share"] =
      samples.empty() ? 0 : double(useful.size()) / double(samples.size());
  Update update(agent, recipe, std::move(reference));
  update.prepare(useful);
  if (update.empty()) return metrics;

  for (int pass = 0; pass < recipe.updates_per_batch; ++pass) {
    const GrpoStats stats = update.pass(pass == 0);
    const double norm = optimizer.step(lr);
    require_finite("the gradient", norm, update.batches());
    require_finite_weights(agent.model, update.batches());
    if (pass == 0) {  // before any step: ratio 1 and nothing clipped
      metrics["loss"] = stats.loss;
      metrics["first_ratio_max_diff"] = stats.ratio_max;
      metrics["first_clip_fraction"] =
          (stats.clipped_low + stats.clipped_high) / stats.tokens;
    }
    metrics["ratio_mean"] = stats.ratio / stats.tokens;
    metrics["ratio_max_diff"] = stats.ratio_max;
    metrics["clip_fraction_low"] = stats.clipped_low / stats.tokens;
    metrics["clip_fraction_high"] = stats.clipped_high / stats.tokens;
    metrics["old_kl"] = stats.old_kl / stats.tokens;
    if (recipe.kl_coef > 0) metrics["ref_kl"] = stats.ref_kl / stats.tokens;
    metrics["grad_norm"] = norm;
  }
  const RolloutDifference& difference = update.difference();
  metrics["rollout_logprob_diff_mean"] = difference.sum / difference.tokens;
  metrics["rollout_logprob_diff_max"] = difference.max;
  metrics["train_tokens"] = update.tokens() * recipe.updates_per_batch;
  return metrics;
}

Metrics group_metrics(const std::vector<std::vector<float>>& rewards_by_group) {
  Metrics metrics;
  double mean = 0, spread = 0, equal = 0;
  for (const auto& rewards : rewards_by_group) {
    const GroupStats stats = group_stats(rewards);
    mean += stats.mean;
    spread += stats.std;
    equal += stats.all_equal;
  }
  const double groups = std::max<double>(1, double(rewards_by_group.size()));
  metrics["reward"] = mean / groups;
  metrics["group_reward_std"] = spread / groups;
  metrics["equal_group_share"] = equal / groups;
  return metrics;
}

Metrics response_metrics(std::span<const Sample* const> samples) {
  double tokens = 0, longest = 0, cut = 0, well_formed = 0, surprise = 0;
  for (const Sample* sample : samples) {
    const auto length = double(sample->response_ids.size());
    tokens += length;
    longest = std::max(longest, length);
    cut += sample->finish == agent::FinishReason::kLength;
    well_formed += sample->output.well_formed;
    for (float logprob : sample->logprobs) surprise -= logprob;
  }
  const double count = std::max<double>(1, double(samples.size()));
  return {{"response_tokens", tokens / count},
          {"response_tokens_max", longest},
          {"truncated_share", cut / count},
          {"format", well_formed / count},
          // An unbiased estimate at temperature 1.
          {"entropy", surprise / std::max(1.0, tokens)}};
}

}  // namespace paperphone::rl
