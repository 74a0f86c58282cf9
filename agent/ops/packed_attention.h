// Attention of a padded batch whose rows are a prefix and segments that see the prefix
// and themselves, not each other (agent/text/sample.h). The products leave out what is hidden
// anyway: with a screenshot of 180 tokens and eight turns of 60 behind it, two thirds.
//
// Shape letters: B rows, S padded positions, H query heads, K key heads, G = H / K, E
// values per head; P tokens of the longest prefix, M segments of the row with most, L
// tokens of the longest segment.
#pragma once

#include "agent/ops/packed_layout.h"
#include "agent/ops/tensor.h"

namespace paperphone::agent {

// softmax(q k^T scale) v over what is visible. q [B, H, S, E]; k, v [B, K, S, E]; ->
// [B, H, S, E], at padding whatever. On devices and types without kernels
// (agent/kernels/kernels.h) the plain form.
torch::Tensor packed_attention(const torch::Tensor& q_BHSE, const torch::Tensor& k_BKSE,
                               const torch::Tensor& v_BKSE,
                               const PackedLayoutPtr& layout, double scale);
// The plain form: every score, the hidden ones put out by attention_mask().
torch::Tensor dense_attention(const torch::Tensor& q_BHSE, const torch::Tensor& k_BKSE,
                              const torch::Tensor& v_BKSE,
                              const torch::Tensor& mask_BSS, double scale);

}  // namespace paperphone::agent
