// Arithmetic whose results do not depend on who else is in the batch, so that sampling
// (one token at a time) and training (whole sequences) compute the same bits.
//
// Policy: products of matrices go row by row through a kernel of our own that adds up
// along the inner dimension in order (kernels::linear_panel; the library's blocks rows
// in ways that change their last bits); attention goes query by query over the keys it
// sees, in their order (kernels::single_query_attention; behind cached keys
// cached_attention() of agent/model/decoding.h); pictures go through the vision tower
// one by one. Norms, gates and rotations work row by row anyway. CPU only. Gradients
// are those of the ordinary kernels. Source of the problem: "Defeating nondeterminism
// in LLM inference", Thinking Machines Lab, 2025: kernels must be invariant to the
// batch.
#pragma once

#include "agent/ops/packed_attention.h"
#include "agent/ops/tensor.h"

namespace paperphone::agent {

enum class Arithmetic : std::uint8_t { kFast, kExact };

// x W^T + b, each row by itself. x [..., in]; bias may be undefined.
torch::Tensor exact_linear(const torch::Tensor& x, const torch::Tensor& weight,
                           const torch::Tensor& bias);

// As packed_attention(), exact. REQUIRES: every prefix and every segment stands in one
// piece; has kernels (throws ConfigError on other devices).
torch::Tensor exact_attention(const torch::Tensor& q_BHSE, const torch::Tensor& k_BKSE,
                              const torch::Tensor& v_BKSE, const PackedLayoutPtr& layout,
                              double scale);

}  // namespace paperphone::agent
