// The clipped surrogate of GRPO over response tokens. Prompt and image tokens never
// reach it: the mask has ones only where the model wrote.
//
// Shapes: N responses, T response tokens (padded at the end).
//   d = log pi - log pi_old (clamped to +-20), ratio = exp(d) or the response's
//   surrogate = max(-A ratio, -A clip(ratio, 1 - clip_low, 1 + clip_high)),
//     and for A < 0 at most -A dual_clip
//   kl (k3) = exp(r) - r - 1 with r = log pi_ref - log pi (clamped to +-20)
//   loss = aggregate(surrogate + kl_coef kl)
// Source: verl's core_algos (compute_policy_loss, kl_penalty, agg_loss), TRL.
#pragma once

#include "agent/ops/tensor.h"
#include "rl/losses/aggregate.h"

namespace paperphone::rl {

enum class RatioLevel {
  kToken,     // each token has its own ratio (GRPO)
  kSequence,  // a response has one (GSPO, rl/losses/sequence_ratio.h)
};

struct GrpoLossConfig {
  double clip_low = 0.2;
  double clip_high = 0.28;
  double dual_clip = 3.0;  // 0: off
  double kl_coef = 0.0;
  Aggregation aggregation = Aggregation::kTokenMean;
  double constant_length = 96;  // kConstant's divisor
  RatioLevel ratio_level = RatioLevel::kToken;
};

struct GrpoBatch {
  torch::Tensor logprobs_NT;      // float32, carries the gradient
  torch::Tensor old_logprobs_NT;  // of the policy that sampled
  torch::Tensor ref_logprobs_NT;  // undefined if kl_coef is 0
  torch::Tensor mask_NT;          // float32, 1 = written by the model
  torch::Tensor advantages_N;
  torch::Tensor trajectory_tokens_N = {};  // kTrajectoryMean only (rl/losses/aggregate.h)
};

// Sums over tokens; divide by `tokens` for means.
struct GrpoStats {
  double loss = 0;       // the aggregated loss itself
  double tokens = 0;
  double ratio = 0;
  double ratio_max = 0;  // largest |ratio - 1|, not a sum
  double clipped_low = 0;
  double clipped_high = 0;
  double old_kl = 0;     // sum of log pi_old - log pi
  double ref_kl = 0;     // sum of k3
  void add(const GrpoStats& other);
};

struct GrpoLoss {
  torch::Tensor loss;  // scalar; backward() it
  GrpoStats stats;
};

GrpoLoss grpo_loss(const GrpoBatch& batch, const GrpoLossConfig& config,
                   const BatchCount& whole);

}  // namespace paperphone::rl
