#include "rl/stages/grpo.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "agent/model/batch.h"
#include "rl/losses/label_loss.h"
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
  torch::Tensor trajectory_tokens_N;
  torch::Tensor mask_NT;        // of sampled responses
  torch::Tensor label_mask_NT;  // of the expert's
  torch::Tensor labels_N;       // what they weigh
  torch::Tensor rollout_NT;     // the rollout's own log-probabilities, 0 for labels
  torch::Tensor old_NT;         // of the first pass
  torch::Tensor ref_NT;         // undefined without a KL term
  double sampled_tokens = 0, label_tokens = 0;
};

struct RolloutDifference {
  double sum = 0;
  double max = 0;
  double tokens = 0;
  void add(const MicroBatch& micro) {
    const auto difference = (micro.old_NT - micro.rollout_NT).abs() * micro.mask_NT;
    sum += difference.sum().item<double>();
    max = std::max(max, difference.max().item<double>());
    tokens += micro.sampled_tokens;
  }
};

class Update {
 public:
  Update(Agent& agent, const GrpoRecipe& recipe, Qwen25Vl reference)
      : agent_(agent), recipe_(recipe), reference_(std::move(reference)) {}

  void prepare(std::span<const ScoredSample> scored) {
    std::vector<const Sample*> samples;
    for (const ScoredSample& one : scored) samples.push_back(one.sample);
    count(scored);
    std::vector<TrainingRow> rows;
    std::vector<int> members;  // indices of the rows' samples, in segment order
    const auto flush = [&] {
      if (!rows.empty()) make_micro_batch(scored, rows, members);
      rows.clear();
      members.clear();
    };
    for (SharedRow& shared : shared_rows(
             samples, agent_.model->config().image_token_id, recipe_.train_batch)) {
      if (int(members.size() + shared.members.size()) > recipe_.train_batch) flush();
      rows.push_back(std::move(shared.row));
      members.insert(members.end(), shared.members.begin(), shared.members.end());
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
        if (micro.sampled_tokens > 0) difference_.add(micro);
      }
      torch::Tensor loss = torch::zeros({});
      if (micro.sampled_tokens > 0) {
        const GrpoLoss policy =
            grpo_loss({.logprobs_NT = logprobs_NT,
                       .old_logprobs_NT = micro.old_NT,
                       .ref_logprobs_NT = micro.ref_NT,
                       .mask_NT = micro.mask_NT,
                       .advantages_N = micro.advantages_N,
                       .trajectory_tokens_N = micro.trajectory_tokens_N},
                      config, count_);
        loss = loss + policy.loss;
        stats.add(policy.stats);
      }
      if (micro.label_tokens > 0) {
        const LabelLoss labels = label_loss({.logprobs_NT = logprobs_NT,
                                             .mask_NT = micro.label_mask_NT,
                                             .weights_N = micro.labels_N},
                                            recipe_.label_weight, label_count_);
        loss = loss + labels.loss;
        label_nll_ += first ? labels.nll : 0;
      }
      require_finite("the loss", loss.item<double>(), {&micro.batch});
      loss.backward();
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
  // Of the first pass, a weighed mean over the labels' tokens; 0 without labels.
  double label_nll() const { return label_count_ > 0 ? label_nll_ / label_count_ : 0; }
  bool has_labels() const { return label_count_ > 0; }

 private:
  // What the denominators of the whole update are.
  void count(std::span<const ScoredSample> scored) {
    std::map<int, double> tokens_of;  // trajectory -> of all its turns
    for (const ScoredSample& one : scored) {
      const auto tokens = double(one.sample->response_ids.size());
      if (one.label > 0) {
        label_count_ += double(one.label) * tokens;
        continue;
      }
      count_.tokens += tokens;
      count_.responses += 1;
      if (one.trajectory >= 0) tokens_of[one.trajectory] += tokens;
      else count_.trajectories += 1;
    }
    count_.trajectories += double(tokens_of.size());
    for (const ScoredSample& one : scored)
      trajectory_tokens_.push_back(float(one.trajectory >= 0 && one.label == 0
                                             ? tokens_of[one.trajectory]
                                             : double(one.sample->response_ids.size())));
  }

  void make_micro_batch(std::span<const ScoredSample> scored,
                        const std::vector<TrainingRow>& rows,
                        const std::vector<int>& members) {
    MicroBatch micro;
    micro.batch = agent::make_batch(rows, agent_.model->config(), agent_.images);
    std::vector<float> advantages, trajectory_tokens, labels, sampled, rollout;
    for (int index : members) {
      const ScoredSample& one = scored[std::size_t(index)];
      const std::size_t tokens = one.sample->response_ids.size();
      const bool is_label = one.label > 0;
      advantages.push_back(is_label ? 0.0f : one.advantage);
      trajectory_tokens.push_back(
          std::max(1.0f, trajectory_tokens_[std::size_t(index)]));
      labels.push_back(one.label);
      sampled.push_back(is_label ? 0.0f : 1.0f);
      (is_label ? micro.label_tokens : micro.sampled_tokens) += double(tokens);
      if (is_label)
        rollout.insert(rollout.end(), tokens, 0.0f);
      else
        rollout.insert(rollout.end(), one.sample->logprobs.begin(),
                       one.sample->logprobs.end());
    }
    const std::vector<int>& lengths = micro.batch.segment_targets;
    const torch::Tensor mask_NT = segment_mask(lengths);
    const torch::Tensor sampled_N1 = torch::tensor(sampled).unsqueeze(1);
    micro.advantages_N = torch::tensor(advantages);
    micro.trajectory_tokens_N = torch::tensor(trajectory_tokens);
    micro.labels_N = torch::tensor(labels);
    micro.mask_NT = mask_NT * sampled_N1;
    micro.label_mask_NT = mask_NT * (1 - sampled_N1);
    micro.rollout_NT = pad_segments(torch::tensor(rollout), lengths);
    if (recipe_.kl_coef > 0) {
      const torch::NoGradGuard no_grad;
      micro.ref_NT = pad_segments(reference_->target_logprobs(micro.batch),
                                  micro.batch.segment_targets);
    }
    tokens_ += double(micro.batch.num_tokens());
    micros_.push_back(std::move(micro));
  }

  Agent& agent_;
  const GrpoRecipe& recipe_;
  Qwen25Vl reference_;
  std::vector<MicroBatch> micros_;
  std::vector<float> trajectory_tokens_;  // by sample
  BatchCount count_;
  double label_count_ = 0;  // weights times tokens
  double label_nll_ = 0;
  RolloutDifference difference_;
  double tokens_ = 0;
};

}  // namespace

Metrics grpo_update(Agent& agent, Optimizer& optimizer, const GrpoRecipe& recipe,
                    std::span<const ScoredSample> samples, double lr,
                    Qwen25Vl reference) {
  std::vector<ScoredSample> useful;
  const bool skip = recipe.skip_equal_groups && recipe.kl_coef == 0;
  double sampled = 0, learned = 0;
  for (const ScoredSample& one : samples) {
    const bool is_label = one.label > 0;
    sampled += !is_label;
    if (one.sample->response_ids.empty()) continue;
    if (is_label ? recipe.label_weight == 0 : skip && one.advantage == 0) continue;
    learned += !is_label;
    useful.push_back(one);
  }
  Metrics metrics;
  metrics["trained_share"] = sampled > 0 ? learned / sampled : 0;
  Update update(agent, recipe, std::move(reference));
  update.prepare(useful);
  if (update.empty()) return metrics;

  for (int pass = 0; pass < recipe.updates_per_batch; ++pass) {
    const GrpoStats stats = update.pass(pass == 0);
    const double norm = optimizer.step(lr);
    require_finite("the gradient", norm, update.batches());
    require_finite_weights(agent.model, update.batches());
    metrics["grad_norm"] = norm;
    if (pass == 0 && update.has_labels()) metrics["label_nll"] = update.label_nll();
    if (stats.tokens == 0) continue;  // labels alone
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
  }
  const RolloutDifference& difference = update.difference();
  if (difference.tokens > 0) {
    metrics["rollout_logprob_diff_mean"] = difference.sum / difference.tokens;
    metrics["rollout_logprob_diff_max"] = difference.max;
  }
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
