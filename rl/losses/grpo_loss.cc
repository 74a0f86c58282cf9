#include "rl/losses/grpo_loss.h"

#include <algorithm>

#include "env/base/check.h"
#include "rl/losses/sequence_ratio.h"

namespace paperphone::rl {

void GrpoStats::add(const GrpoStats& other) {
  loss += other.loss;
  tokens += other.tokens;
  ratio += other.ratio;
  ratio_max = std::max(ratio_max, other.ratio_max);
  clipped_low += other.clipped_low;
  clipped_high += other.clipped_high;
  old_kl += other.old_kl;
  ref_kl += other.ref_kl;
}

namespace {

double masked_sum(const torch::Tensor& values_NT, const torch::Tensor& mask_NT) {
  return (values_NT * mask_NT).sum().item<double>();
}

}  // namespace

GrpoLoss grpo_loss(const GrpoBatch& batch, const GrpoLossConfig& config,
                   const BatchCount& whole) {
  CHECK_TRUE(whole.tokens > 0 && whole.responses > 0);
  const torch::Tensor& mask = batch.mask_NT;
  // A masked place may hold anything, even -inf: silence it before the exp.
  const auto silent = mask == 0;
  const auto d = (batch.logprobs_NT - batch.old_logprobs_NT)
                     .masked_fill(silent, 0)
                     .clamp(-20, 20);
  const auto ratio =
      config.ratio_level == RatioLevel::kToken
          ? d.exp()
          : sequence_log_ratio(d, batch.logprobs_NT.masked_fill(silent, 0), mask).exp();
  const auto advantage = batch.advantages_N.unsqueeze(1);
  const auto plain = -advantage * ratio;
  const auto clipped =
      -advantage * ratio.clamp(1 - config.clip_low, 1 + config.clip_high);
  auto surrogate = torch::max(plain, clipped);
  if (config.dual_clip > 0) {
    const auto lowest = torch::min(surrogate, -advantage * config.dual_clip);
    surrogate = torch::where(advantage < 0, lowest, surrogate);
  }
  auto terms = surrogate;

  GrpoLoss out;
  if (config.kl_coef > 0) {
    CHECK_TRUE(batch.ref_logprobs_NT.defined());
    const auto r = (batch.ref_logprobs_NT - batch.logprobs_NT)
                       .masked_fill(silent, 0)
                       .clamp(-20, 20);
    const auto k3 = r.exp() - r - 1;
    terms = terms + config.kl_coef * k3;
    out.stats.ref_kl = masked_sum(k3.detach(), mask);
  }
  terms = terms * mask;
  out.loss = aggregate({.terms_NT = terms,
                        .mask_NT = mask,
                        .trajectory_tokens_N = batch.trajectory_tokens_N},
                       config.aggregation, config.constant_length, whole);

  const torch::NoGradGuard no_grad;
  const auto binding = (clipped > plain).to(torch::kFloat32);
  out.stats.loss = out.loss.item<double>();
  out.stats.tokens = mask.sum().item<double>();
  out.stats.ratio = masked_sum(ratio, mask);
  out.stats.ratio_max = ((ratio - 1).abs() * mask).max().item<double>();
  out.stats.clipped_low = masked_sum(binding * (advantage < 0), mask);
  out.stats.clipped_high = masked_sum(binding * (advantage > 0), mask);
  out.stats.old_kl = masked_sum(-d, mask);
  return out;
}

}  // namespace paperphone::rl
