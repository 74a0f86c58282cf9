// Samples -> rows that share prompts, and flat per-token tensors -> one row per
// response.
#pragma once


#include <span>
#include <vector>

#include "agent/ops/tensor.h"
#include "agent/text/sample.h"

namespace paperphone::rl {

// Which samples share a prompt: indices, grouped in order of first appearance, at
// most `limit` per group (a longer group is cut).
std::vector<std::vector<int>> group_by_prompt(std::span<const agent::Sample* const> samples,
                                              int limit);

// [L] with lengths_N summing to L -> [N, max length], zeros at the end. Carries
// gradients.
torch::Tensor pad_segments(const torch::Tensor& values_L,
                           const std::vector<int>& lengths_N);
// Ones where pad_segments() puts values, float32.
torch::Tensor segment_mask(const std::vector<int>& lengths_N);

}  // namespace paperphone::rl
