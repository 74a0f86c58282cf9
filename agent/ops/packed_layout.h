// Rows that are a prefix and segments (agent/text/sample.h), moved apart: of prefixes and of
// segments one tensor each, so that what is hidden need not be multiplied.
//
// Shape letters: B rows, S padded positions, H query heads, K key heads, G = H / K, E
// values per head; P tokens of the longest prefix, M segments of the row with most, L
// tokens of the longest segment.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "agent/ops/tensor.h"

namespace paperphone::agent {

// Neighbouring positions of a row.
struct PositionRun {
  int begin = 0;
  int length = 0;
};

// Where each position goes when every prefix gets P places and every segment L.
struct PackedLayout {
  std::int64_t B = 0, S = 0, P = 0, M = 0, L = 0;
  std::vector<int> prefix_lengths_B;
  // Of each row its prefix and its segments; empty if padding stands inside one of
  // them.
  std::vector<std::vector<PositionRun>> runs_B;
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

// Heads cut into prefix and segments: of one key head with its G query heads (G = 1 for
// keys and values) prefix [B * K, G * P, E] and segments [B * K * M, G * L, E].
struct Packed {
  torch::Tensor prefix, segments;
};

Packed empty_packed(const torch::Tensor& like_BHSE, std::int64_t K,
                    const PackedLayout& layout);
// Padding becomes zero, both ways.
Packed pack(const torch::Tensor& x_BHSE, std::int64_t K, const PackedLayout& layout);
torch::Tensor unpack(const Packed& x, std::int64_t H, std::int64_t K,
                     const PackedLayout& layout);

}  // namespace paperphone::agent
