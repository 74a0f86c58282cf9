// What a critic learns: squared error to the return, with a bound on how far one update
// moves it.
#pragma once

#include "agent/ops/tensor.h"

namespace paperphone::rl {

// All of one shape: [N] turns, or [N, T] tokens padded at the end.
struct ValueBatch {
  torch::Tensor values;      // float32, in the reward's unit; carries the gradient
  torch::Tensor old_values;  // of the critic that the advantages were computed with
  torch::Tensor returns;     // (rl/advantages/gae.h)
  torch::Tensor mask;        // float32, 1 = counts
};

struct ValueLoss {
  torch::Tensor loss;        // scalar; backward() it
  double squared_error = 0;  // sum of (v - R)^2, unclipped
  double clipped = 0;        // places where the clipped error counts: no gradient there
};

//   L = 1/2 sum of max((v - R)^2, (clip(v, v_old - clip, v_old + clip) - R)^2) / count
//
// clip   in the reward's unit; 0.5 in verl, 0.1 in VL-DAC
// count  what the mask counts in the whole update, so that micro-batches add up
// REQUIRES: count > 0, clip > 0.
// Source: verl, verl/trainer/ppo/core_algos.py (compute_value_loss); VL-DAC,
// a2c_ppo_acktr/algo/ppo.py (one value a turn).
ValueLoss value_loss(const ValueBatch& batch, double clip, double count);

}  // namespace paperphone::rl
