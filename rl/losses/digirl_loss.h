// DigiRL's losses: critics that classify success, and a policy that imitates the turns
// that were better than expected (rl/selection/digirl.h says which).
//
// Shapes: N states or responses, T response tokens (padded at the end).
#pragma once

#include "agent/ops/tensor.h"

namespace paperphone::rl {

struct SuccessLoss {
  torch::Tensor loss;  // scalar; backward() it
  double correct = 0;  // of N: those whose likelier class is the right one
};

// The value as a classifier: cross-entropy of two classes, 1 = a return above 0
// follows. V = softmax(logits)[1]. The step critic sees the state, the instruction
// critic the first one; two heads are two calls.
//   L = sum over n of (-log softmax(logits_n)[returns_n > 0]) / count
//
// logits_N2  float32, carries the gradient
// returns_N  Monte Carlo returns, in the reward's unit
// count      states in the whole update, so that micro-batches add up
// REQUIRES: count > 0.
// Source: arXiv:2406.11896; digirl/algorithms/digirl/trainer.py (critic_loss,
// trajectory_critic_loss).
SuccessLoss success_loss(const torch::Tensor& logits_N2, const torch::Tensor& returns_N,
                         double count);

// Hard advantage-weighted regression.
//   L = sum over n of w_n sum over t of (-log pi) / count
//
// logprobs_NT  of the responses' tokens, float32; carries the gradient
// mask_NT      float32, 1 = written by the model
// weights_N    float32, 1 where the advantage is positive, else 0
// count        responses in the whole update, those of weight 0 too
// REQUIRES: count > 0.
// Source: arXiv:2406.11896; digirl/algorithms/digirl/trainer.py (actor_loss).
torch::Tensor hard_awr_loss(const torch::Tensor& logprobs_NT,
                            const torch::Tensor& mask_NT,
                            const torch::Tensor& weights_N, double count);

}  // namespace paperphone::rl
