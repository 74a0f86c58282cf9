#include "agent/kernels/bf16_gemm.h"

#include <algorithm>
#include <cstring>

#include "env/base/check.h"

namespace paperphone::agent::kernels {

bool has_bf16_gemm(std::int64_t N, std::int64_t K) {
  constexpr std::int64_t kMostWeights = 1 << 18;  // half a megabyte
  return has_avx512_bf16() && N % kPanelColumns == 0 && K % kPanelColumns == 0 &&
         N * K <= kMostWeights;
}

#ifndef PAPERPHONE_HAS_AVX512_BF16

void pack_forward(const Bf16*, std::int64_t, std::int64_t, Pair*, Rows) {
  CHECK_TRUE(false);
}
void pack_backward(const Bf16*, std::int64_t, std::int64_t, Pair*, Rows) {
  CHECK_TRUE(false);
}
void bf16_gemm(const Bf16Gemm&, Rows, Rows) { CHECK_TRUE(false); }
void weight_gradient(const Bf16*, const Bf16*, std::int64_t, std::int64_t, float*,
                     float*, Rows, Scratch&) {
  CHECK_TRUE(false);
}

#else

void pack_forward(const Bf16* w_NK, std::int64_t N, std::int64_t K, Pair* panels,
                  Rows which) {
  CHECK_LE(which.end * kPanelColumns, N);
  for (Index panel = which.begin; panel < which.end; ++panel) {
    Pair* const out = panels + panel * K / 2 * kPanelColumns;
    for (Index c = 0; c < kPanelColumns; ++c) {
      const Bf16* const row = w_NK + (panel * kPanelColumns + c) * K;
      for (Index p = 0; p < K / 2; ++p)
        std::memcpy(out + p * kPanelColumns + c, row + 2 * p, sizeof(Pair));
    }
  }
}

PAPERPHONE_AVX512_BF16_BEGIN

namespace {

static_assert(kPanelColumns == 2 * kLanes);

constexpr Index kRowsAtOnce = 8;

struct TwoVectors {
  __m512i first, second;
};
// 32 columns of two rows -> 32 pairs.
PAPERPHONE_INLINE TwoVectors interleaved(__m512i upper_row, __m512i lower_row) {
  const __m512i first =
      _mm512_set_epi16(47, 15, 46, 14, 45, 13, 44, 12, 43, 11, 42, 10,  //
                       41, 9, 40, 8, 39, 7, 38, 6, 37, 5, 36, 4,        //
                       35, 3, 34, 2, 33, 1, 32, 0);
  const __m512i second = _mm512_add_epi16(first, _mm512_set1_epi16(kLanes));
  return {_mm512_permutex2var_epi16(upper_row, first, lower_row),
          _mm512_permutex2var_epi16(upper_row, second, lower_row)};
}

// kRows rows of a product against one panel.
template <int kRows>
PAPERPHONE_INLINE void gemm_rows(const Bf16Gemm& product, Index row, Index panel) {
  const Index inner = product.inner, column = panel * kPanelColumns;
  __m512 sum[kRows][2];
  zero(sum);
  if (product.bias != nullptr)
#pragma GCC unroll 8
    for (int i = 0; i < kRows; ++i)
#pragma GCC unroll 2
      for (int v = 0; v < 2; ++v)
        sum[i][v] = _mm512_loadu_ps(product.bias + column + v * kLanes);
  microkernel({reinterpret_cast<const Pair*>(product.x + row * inner), inner / 2, 1},
              product.panels + panel * inner / 2 * kPanelColumns, kPanelColumns,
              inner / 2, sum);
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i) {
    const __m512i values = _mm512_inserti64x4(
        _mm512_castsi256_si512(to_bf16(sum[i][0])), to_bf16(sum[i][1]), 1);
    _mm512_storeu_si512(product.out + (row + i) * product.columns + column, values);
  }
}

// Rows of the weight gradient's operands that are packed together: with them a panel of
// either takes a third of the first cache.
constexpr Index kStripRows = 256;
// Panels begin a cache line further than a power of two apart: otherwise all of them
// would want the same lines of the cache.
constexpr Index kPanelGap = kLanes;
constexpr Index strip_panel(Index rows) { return rows / 2 * kPanelColumns + kPanelGap; }

// `count` rows (the last one alone if odd) -> panels of pairs of rows. Adds the
// columns' sums to `sums` unless null.
void pack_strip(const Bf16* from, Index count, Index width, Pair* out, float* sums) {
  const Index pairs = (count + 1) / 2;
  const __m512i ones = _mm512_set1_epi32(0x3f803f80);  // 1, 1
  for (Index c = 0; c < width; c += kPanelColumns, out += strip_panel(kStripRows)) {
    __m512 first = _mm512_setzero_ps(), second = _mm512_setzero_ps();
    for (Index p = 0; p < pairs; ++p) {
      const Bf16* const upper = from + 2 * p * width + c;
      const __m512i zero = _mm512_setzero_si512();
      const TwoVectors both =
          interleaved(_mm512_loadu_si512(upper),
                      2 * p + 1 < count ? _mm512_loadu_si512(upper + width) : zero);
      _mm512_store_si512(out + p * kPanelColumns, both.first);
      _mm512_store_si512(out + p * kPanelColumns + kLanes, both.second);
      first = dpbf16(first, both.first, ones);
      second = dpbf16(second, both.second, ones);
    }
    if (sums == nullptr) continue;
    _mm512_storeu_ps(sums + c, _mm512_add_ps(_mm512_loadu_ps(sums + c), first));
    _mm512_storeu_ps(sums + c + kLanes,
                     _mm512_add_ps(_mm512_loadu_ps(sums + c + kLanes), second));
  }
}

}  // namespace

void pack_backward(const Bf16* w_NK, std::int64_t N, std::int64_t K, Pair* panels,
                   Rows which) {
  CHECK_LE(which.end * kPanelColumns, K);
  for (Index panel = which.begin; panel < which.end; ++panel) {
    Pair* const out = panels + panel * N / 2 * kPanelColumns;
    for (Index p = 0; p < N / 2; ++p) {
      const Bf16* const upper = w_NK + 2 * p * K + panel * kPanelColumns;
      const TwoVectors both =
          interleaved(_mm512_loadu_si512(upper), _mm512_loadu_si512(upper + K));
      _mm512_storeu_si512(out + p * kPanelColumns, both.first);
      _mm512_storeu_si512(out + p * kPanelColumns + kLanes, both.second);
    }
  }
}

void bf16_gemm(const Bf16Gemm& product, Rows rows, Rows panels) {
  CHECK_LE(panels.end * kPanelColumns, product.columns);
  for (Index panel = panels.begin; panel < panels.end; ++panel) {
    Index row = rows.begin;
    for (; row + kRowsAtOnce <= rows.end; row += kRowsAtOnce)
      gemm_rows<kRowsAtOnce>(product, row, panel);
    for (; row < rows.end; ++row) gemm_rows<1>(product, row, panel);
  }
}

void weight_gradient(const Bf16* dy_RN, const Bf16* x_RK, std::int64_t N,
                     std::int64_t K, float* dw_NK, float* db_N, Rows rows,
                     Scratch& scratch) {
  constexpr Index kPanel = strip_panel(kStripRows);
  Pair *dy_panels = nullptr, *x_panels = nullptr;
  const auto cut = [&](Arena arena) {
    dy_panels = arena.take<Pair>(panels_of(N) * kPanel);
    x_panels = arena.take<Pair>(panels_of(K) * kPanel);
    return arena.used();
  };
  cut(Arena(scratch.take(cut(Arena(nullptr)))));
  std::memset(dw_NK, 0, std::size_t(N * K) * sizeof(float));
  if (db_N != nullptr) std::memset(db_N, 0, std::size_t(N) * sizeof(float));
  for (Index row = rows.begin; row < rows.end; row += kStripRows) {
    const Index count = std::min(kStripRows, rows.end - row);
    pack_strip(dy_RN + row * N, count, N, dy_panels, db_N);
    pack_strip(x_RK + row * K, count, K, x_panels, nullptr);
    for (Index n = 0; n < N; n += kPanelColumns)
      for (Index k = 0; k < K; k += kPanelColumns)
        for (Index i = n; i < n + kPanelColumns; i += kRowsAtOnce) {
          __m512 sum[kRowsAtOnce][2];
          load(dw_NK + i * K + k, K, sum);
          microkernel(
              {dy_panels + n / kPanelColumns * kPanel + (i - n), 1, kPanelColumns},
              x_panels + k / kPanelColumns * kPanel, kPanelColumns, (count + 1) / 2,
              sum);
          store(sum, dw_NK + i * K + k, K);
        }
  }
}

PAPERPHONE_AVX512_BF16_END

#endif

}  // namespace paperphone::agent::kernels
