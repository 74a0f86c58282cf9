// Element-wise steps of the model, each one pass over memory forwards and one
// backwards: on a CPU these, not the matrix products, are what remains. Inputs are
// float32 or bfloat16; arithmetic inside is float32.
//
// Shape letters: R rows (any leading shape, flattened), D values per row, H heads, E
// values per head, Q queries, K keys.
#pragma once

#include <torch/torch.h>

namespace paperphone {

// x / sqrt(mean(x^2) + eps) * weight, statistics in float32, type of x.
torch::Tensor rms_norm(const torch::Tensor& x_RD, const torch::Tensor& weight_D,
                       double eps);

// Rotates the halves of every head: (a, b) -> (a cos - b sin, b cos + a sin), with
// one angle per row and pair. cos, sin: [R, E/2] float32.
torch::Tensor rotate(const torch::Tensor& x_RHE, const torch::Tensor& cos_RE,
                     const torch::Tensor& sin_RE);

// silu(gate) * up.
torch::Tensor swiglu(const torch::Tensor& gate, const torch::Tensor& up);

// softmax(scores * scale + mask) over the last axis. mask: undefined, or float32 0 /
// large negative, [B, Q, K] where scores are [B, ..., Q, K].
torch::Tensor masked_softmax(const torch::Tensor& scores, const torch::Tensor& mask_BQK,
                             double scale);

}  // namespace paperphone
