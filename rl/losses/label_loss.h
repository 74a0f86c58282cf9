// The expert's responses to the policy's own states, learned beside the policy loss:
// what no sample of a group does right needs a label.
//
// Shapes: N labels, T tokens of them (padded at the end).
#pragma once

#include "agent/ops/tensor.h"

namespace paperphone::rl {

struct LabelBatch {
  torch::Tensor logprobs_NT;  // of the expert's tokens, float32; carries the gradient
  torch::Tensor mask_NT;      // float32, 1 = a token of the response
  torch::Tensor weights_N = {};  // what each label weighs; undefined: 1 each
};

struct LabelLoss {
  torch::Tensor loss;  // scalar, `weight` included: add it to the policy's loss
  double nll = 0;      // weighed sum over tokens, without `weight`; divide by `count`
};

//   L = L_policy + weight * sum over n of w_n sum over t of (-log pi) / count
//
// weight  of this term beside the policy's, dimensionless; 0 leaves metrics alone
// count   sum of w_n times n's tokens over the whole update, so that micro-batches add
// up REQUIRES: count > 0, weight >= 0. Source: DAgger, arXiv:1011.0686; beside a policy
// loss: GTR, arXiv:2503.08525.
LabelLoss label_loss(const LabelBatch& batch, double weight, double count);

}  // namespace paperphone::rl
