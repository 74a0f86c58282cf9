// The losses of tokens -> one number.
//
// Shapes: N responses, T response tokens (padded at the end).
#pragma once

#include "agent/ops/tensor.h"
#include "rl/losses/aggregation.h"

namespace paperphone::rl {

// What the denominators count: the whole update's batch, so that micro-batches add
// up to the same gradient as one large batch.
struct BatchCount {
  double tokens = 0;
  double responses = 0;
  double trajectories = 0;  // kTrajectoryMean only
};

struct TokenLosses {
  torch::Tensor terms_NT;  // 0 where the mask is
  torch::Tensor mask_NT;   // float32, 1 = written by the model
  // Tokens of all turns of the trajectory that each response is a turn of, float32, at
  // least 1; kTrajectoryMean only.
  torch::Tensor trajectory_tokens_N = {};
};

//   kTokenMean       sum of terms / whole.tokens
//   kSeqMean         sum over n of (sum of n's terms / n's tokens) / whole.responses
//   kConstant        sum of terms / (whole.responses * constant_length)
//   kTrajectoryMean  sum over n of (sum of n's terms / its trajectory's tokens)
//                      / whole.trajectories
// Returns a scalar that carries the terms' gradient.
// REQUIRES: what the kind divides by is there and above 0.
// Source: verl, verl/trainer/ppo/core_algos.py (agg_loss); DAPO, arXiv:2503.14476;
// Dr.GRPO, arXiv:2503.20783. kTrajectoryMean is kSeqMean with a trajectory for a
// sequence.
torch::Tensor aggregate(const TokenLosses& losses, Aggregation aggregation,
                        double constant_length, const BatchCount& whole);

}  // namespace paperphone::rl
