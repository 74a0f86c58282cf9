// Attention with gradients by agent/kernels/flash_attention.h: what fused.h and
// packed_attention.h take where the processor has it. Shape letters as there.
#pragma once

#include "agent/ops/packed_layout.h"
#include "agent/ops/tensor.h"

namespace paperphone::agent {

// bfloat16 in the CPU's memory, on a processor and with heads that the kernels are for.
bool has_flash_attention(const torch::Tensor& heads);

// REQUIRES: has_flash_attention(q).
// softmax(q k^T scale) v, everything visible. q [n, Q, E]; k, v [n, K, E].
torch::Tensor flash_attention(const torch::Tensor& q, const torch::Tensor& k,
                              const torch::Tensor& v, double scale);
// Over what is visible; at padding 0. q [B, H, S, E]; k, v [B, K, S, E].
// REQUIRES: layout->runs_B is there.
torch::Tensor flash_packed_attention(const torch::Tensor& q_BHSE,
                                     const torch::Tensor& k_BKSE,
                                     const torch::Tensor& v_BKSE,
                                     const PackedLayoutPtr& layout, double scale);

}  // namespace paperphone::agent
