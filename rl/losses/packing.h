// Samples -> rows that share prompts, and flat per-token tensors -> one row per
// response.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agent/ops/tensor.h"
#include "agent/text/sample.h"

namespace paperphone::rl {

// Which samples share a prompt: indices, grouped in order of first appearance, at
// most `limit` per group (a longer group is cut).
std::vector<std::vector<int>> group_by_prompt(std::span<const agent::Sample* const> samples,
                                              int limit);

// A row with the indices of the samples that its segments are of, in their order.
struct SharedRow {
  agent::TrainingRow row;
  std::vector<int> members;
};
// Rows that pay for what samples have in common once: for a whole prompt, where several
// have it; else for the pictures, where several prompts begin with the same ones (turns of
// episodes that meet on a screen). At most `limit` samples a row.
std::vector<SharedRow> shared_rows(std::span<const agent::Sample* const> samples,
                                   std::int64_t image_pad_id, int limit);

// [L] with lengths_N summing to L -> [N, max length], zeros at the end. Carries
// gradients.
torch::Tensor pad_segments(const torch::Tensor& values_L,
                           const std::vector<int>& lengths_N);
// Ones where pad_segments() puts values, float32.
torch::Tensor segment_mask(const std::vector<int>& lengths_N);

}  // namespace paperphone::rl
