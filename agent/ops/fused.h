// The steps of the model between its matrix products, each one pass over memory
// forwards and one backwards: on a CPU these, not the products, are what remains.
// Inputs are float32 or bfloat16; arithmetic inside is float32. On other devices and
// types they fall back to plain tensor operations.
//
// Shape letters: R = B * S rows (positions of all sequences), D values per row, H
// heads, E values per head, n independent attentions of Q queries over K keys.
#pragma once

#include <vector>

#include "agent/ops/tensor.h"

namespace paperphone::agent {

// x / sqrt(mean(x^2) + eps) * weight, statistics in float32, type of x.
torch::Tensor rms_norm(const torch::Tensor& x_RD, const torch::Tensor& weight_D,
                       double eps);

// silu(gate + gate_bias) * (up + up_bias); biases per column, both or neither defined.
torch::Tensor swiglu(const torch::Tensor& gate, const torch::Tensor& up,
                     const torch::Tensor& gate_bias_D = {},
                     const torch::Tensor& up_bias_D = {});

// x Phi(x), Phi the normal distribution.
torch::Tensor gelu(const torch::Tensor& x);

// One angle per row and pair of values: [R, E/2] float32.
struct RotaryTables {
  torch::Tensor cos_RE, sin_RE;
  RotaryTables to(torch::Device device) const {
    return {cos_RE.to(device), sin_RE.to(device)};
  }
};

enum class Rotary : std::uint8_t { kApply, kSkip };

// Cuts rows into heads and puts each sequence's heads one after the other:
// x [R, parts * H * E] -> one [B, H, S, E] per part. Rotated parts have the halves of
// each head turned: (a, b) -> (a cos - b sin, b cos + a sin).
std::vector<torch::Tensor> split_heads(const torch::Tensor& x, std::int64_t B,
                                       std::int64_t H, const std::vector<Rotary>& parts,
                                       const RotaryTables& rotary);
// The inverse: [B, H, S, E] -> [R, H * E].
torch::Tensor merge_heads(const torch::Tensor& x_BHSE);

// Patches of F pictures of h x w patches (processor order, merge x merge patches next to
// each other; float32) -> the squares of 4x4 pixels they consist of, where they stand:
// [F, h p / 4, w p / 4, 3 * 4 * 4] (color, row, column). No gradient.
struct PatchStack {
  std::int64_t F = 0, h = 0, w = 0;
  std::int64_t merge = 0, patch_size = 0;
};
torch::Tensor pixel_unshuffle(const torch::Tensor& patches_NP, const PatchStack& stack,
                              torch::ScalarType type);

// softmax(q k^T scale) v, everything visible. q [n, Q, E]; k, v [n, K, E]. The decoder's
// attention is in agent/ops/packed_attention.h.
torch::Tensor full_attention(const torch::Tensor& q, const torch::Tensor& k,
                             const torch::Tensor& v, double scale);

// What attention falls back to: softmax(q k^T scale + mask) v by the library, with its
// scaled_dot_product_attention where it has one (LibTorch 2.1). q [.., Q, E]; k, v
// [.., K, E]; the mask (float32, may be undefined) fits [.., Q, K] by broadcasting.
torch::Tensor library_attention(const torch::Tensor& q, const torch::Tensor& k,
                                const torch::Tensor& v, const torch::Tensor& mask,
                                double scale);

}  // namespace paperphone::agent
