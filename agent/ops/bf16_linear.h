// Linear maps in bfloat16 with small weights, by agent/kernels/bf16_gemm.h; gradients
// of weights are float32 sums that were never rounded in between.
#pragma once

#include "agent/ops/tensor.h"

namespace paperphone::agent {

// Whether x W^T can go this way: bfloat16 on the CPU, weights of a size for it.
bool has_bf16_linear(const torch::Tensor& x, const torch::Tensor& weight_NK);

// x W^T + b, x [..., K], in the type of x; W and b of any type, b may be undefined. Row
// by row the same, whatever the other rows are. REQUIRES: has_bf16_linear(x,
// weight_NK).
torch::Tensor bf16_linear(const torch::Tensor& x, const torch::Tensor& weight_NK,
                          const torch::Tensor& bias_N);

}  // namespace paperphone::agent
