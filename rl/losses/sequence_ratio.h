// GSPO: one importance ratio for a whole response.
//
// Shapes: N responses, T response tokens (padded at the end).
#pragma once

#include "agent/ops/tensor.h"

namespace paperphone::rl {

//   s_i = exp(mean over t of d_it),  d = log pi - log pi_old
//   s_it = sg[s_i] pi_it / sg[pi_it]
// The value at every token is the response's, the geometric mean of its tokens' ratios;
// each token gets its own gradient, and all together that of s_i times the length.
//
// d_NT         log pi - log pi_old, 0 where masked
// logprobs_NT  log pi, finite everywhere; carries the gradient
// mask_NT      1 = written by the model
// Returns      log s_NT, at most 10, as verl bounds it; a response without tokens has 0
// Source: arXiv:2507.18071 (GSPO-token); verl, verl/trainer/ppo/core_algos.py
// (compute_policy_loss_gspo). There: clip 3e-4 and 4e-4, aggregation seq_mean, no dual
// clip, no KL term.
torch::Tensor sequence_log_ratio(const torch::Tensor& d_NT,
                                 const torch::Tensor& logprobs_NT,
                                 const torch::Tensor& mask_NT);

}  // namespace paperphone::rl
