// Attention of a padded batch whose rows are a prefix and segments that see the prefix
// and themselves, not each other (agent/sample.h). The products leave out what is hidden
// anyway: with a screenshot of 180 tokens and eight turns of 60 behind it, two thirds.
//
// Shape letters: B rows, S padded positions, H query heads, K key heads, G = H / K, E
// values per head; P tokens of the longest prefix, M segments of the row with most, L
// tokens of the longest segment.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "agent/tensor.h"

namespace paperphone {

// Where each position goes when every prefix gets P places and every segment L.
struct PackedLayout {
  std::int64_t B = 0, S = 0, P = 0, M = 0, L = 0;
  std::vector<int> prefix_lengths_B;
  std::vector<std::int32_t> position_of_place;  // [B, P + M * L]; -1: empty
  // attention_mask(), on devices without kernels, which need nothing else.
  torch::Tensor mask_BSS;
};
// shared_ptr: the gradient's graph needs the layout too.
using PackedLayoutPtr = std::shared_ptr<const PackedLayout>;

// segments_BS as in Batch: 0 prefix, 1.. segments, in this order; -1 padding, anywhere.
// For attention of tensors like `x`.
PackedLayoutPtr make_packed_layout(const torch::Tensor& segments_BS,
                                   const torch::Tensor& x);

// float32 [B, S, S]: 0 where a query (second) sees a key (third), else far below any
// score. Padding sees itself, so no row is empty.
torch::Tensor attention_mask(const torch::Tensor& segments_BS);

// softmax(q k^T scale) v over what is visible. q [B, H, S, E]; k, v [B, K, S, E]; ->
// [B, H, S, E], at padding whatever. On devices and types without kernels
// (agent/kernels.h) the plain form.
torch::Tensor packed_attention(const torch::Tensor& q_BHSE, const torch::Tensor& k_BKSE,
                               const torch::Tensor& v_BKSE,
                               const PackedLayoutPtr& layout, double scale);
// The plain form: every score, the hidden ones put out by attention_mask().
torch::Tensor plain_attention(const torch::Tensor& q_BHSE, const torch::Tensor& k_BKSE,
                              const torch::Tensor& v_BKSE,
                              const torch::Tensor& mask_BSS, double scale);

}  // namespace paperphone
