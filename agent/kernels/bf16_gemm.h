// The three products of a linear map y = x W^T + b in bfloat16, for processors that
// multiply pairs of such values (AVX512-BF16) and for weights so small that a core's
// cache holds them: y, dx = dy W and dW = dy^T x. The library's products are made for
// large matrices; here a fifth of its time went into copies of the bias, its choice of
// a kernel and rounding between steps. Plain pointers, no torch.
//
// Sums are float32 and taken in one order: a row of a result depends on no other row
// and not on the number of threads.
//
// Shape letters: R rows, K values of a row of x, N of y. REQUIRES everywhere:
// has_bf16_gemm(N, K).
#pragma once

#include <cstdint>

#include "agent/kernels/avx512_bf16.h"
#include "agent/kernels/scratch.h"

namespace paperphone::agent::kernels {

// Whether this processor can, and weights [N, K] are of a size for it.
bool has_bf16_gemm(std::int64_t N, std::int64_t K);

// Columns of a result that are computed together. Weights stand as panels: for every 32
// columns, [inner / 2] steps of 32 pairs.
inline constexpr std::int64_t kPanelColumns = 32;
inline constexpr std::int64_t panels_of(std::int64_t columns) {
  return columns / kPanelColumns;
}

// Some panels of W [N, K], N * K / 2 pairs in all: for y = x W^T (inner K, columns N),
// and for dx = dy W (inner N, columns K).
void pack_forward(const Bf16* w_NK, std::int64_t N, std::int64_t K, Pair* panels,
                  Rows which);
void pack_backward(const Bf16* w_NK, std::int64_t N, std::int64_t K, Pair* panels,
                   Rows which);

// out[r, c] = bias[c] + sum over i of x[r, i] panels[i, c], for some rows and panels;
// bias may be null.
struct Bf16Gemm {
  const Bf16* x = nullptr;  // [R, inner]
  std::int64_t inner = 0;
  const Pair* panels = nullptr;
  const float* bias = nullptr;
  Bf16* out = nullptr;  // [R, columns]
  std::int64_t columns = 0;
};
void bf16_gemm(const Bf16Gemm& product, Rows rows, Rows panels);

// dw [N, K] = dy^T x over some rows, and db [N], dy's sum over them, unless null.
void weight_gradient(const Bf16* dy_RN, const Bf16* x_RK, std::int64_t N,
                     std::int64_t K, float* dw_NK, float* db_N, Rows rows,
                     Scratch& scratch);

}  // namespace paperphone::agent::kernels
