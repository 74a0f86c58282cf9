// Vectors of pairs of bfloat16 values and their products (AVX512-BF16), for the kernels
// made of them. Only where PAPERPHONE_HAS_AVX512_BF16 is defined; the functions that
// use them stand between PAPERPHONE_AVX512_BF16_BEGIN and PAPERPHONE_AVX512_BF16_END,
// and run only where has_avx512_bf16().
#pragma once

#include <cstdint>

#include "agent/kernels/kernels.h"

namespace paperphone::agent::kernels {

using Index = std::int64_t;
using Pair = std::uint32_t;  // two bfloat16 values, the first in the lower half

}  // namespace paperphone::agent::kernels

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PAPERPHONE_HAS_AVX512_BF16
#include <immintrin.h>

#define PAPERPHONE_INLINE static inline __attribute__((always_inline))
#define PAPERPHONE_AVX512_BF16_BEGIN \
  _Pragma("GCC push_options")        \
      _Pragma("GCC target(\"avx512f,avx512bw,avx512dq,avx512vl,avx512bf16\")")
#define PAPERPHONE_AVX512_BF16_END _Pragma("GCC pop_options")

namespace paperphone::agent::kernels {

inline bool has_avx512_bf16() {
  static const bool can =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bf16");
  return can;
}

inline constexpr Index kLanes = 16;  // float32 values in a vector

PAPERPHONE_AVX512_BF16_BEGIN

PAPERPHONE_INLINE __m512 dpbf16(__m512 sum, __m512i a, __m512i b) {
  return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
}
PAPERPHONE_INLINE __m512i load_pairs(const Pair* at) { return _mm512_load_si512(at); }
PAPERPHONE_INLINE __m512i broadcast(Pair pair) { return _mm512_set1_epi32(int(pair)); }
PAPERPHONE_INLINE __m256i to_bf16(__m512 x) { return (__m256i)_mm512_cvtneps_pbh(x); }

// sum[i] += over p < count of left[i * row + p * step] vectors[p * stride], for kRows
// rows of kVec vectors: the inner loop of every product.
struct LeftPairs {
  const Pair* at = nullptr;
  Index row = 0, step = 1;
};
template <int kRows, int kVec>
PAPERPHONE_INLINE void microkernel(const LeftPairs& left, const Pair* vectors,
                                   Index stride, Index count,
                                   __m512 (&sum)[kRows][kVec]) {
  for (Index p = 0; p < count; ++p) {
    __m512i vector[kVec];
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v)
      vector[v] = load_pairs(vectors + p * stride + v * kLanes);
#pragma GCC unroll 8
    for (int i = 0; i < kRows; ++i) {
      const __m512i scalar = broadcast(left.at[i * left.row + p * left.step]);
#pragma GCC unroll 4
      for (int v = 0; v < kVec; ++v) sum[i][v] = dpbf16(sum[i][v], vector[v], scalar);
    }
  }
}

template <int kRows, int kVec>
PAPERPHONE_INLINE void zero(__m512 (&sum)[kRows][kVec]) {
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v) sum[i][v] = _mm512_setzero_ps();
}
template <int kRows, int kVec>
PAPERPHONE_INLINE void load(const float* from, Index row, __m512 (&sum)[kRows][kVec]) {
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v)
      sum[i][v] = _mm512_loadu_ps(from + i * row + v * kLanes);
}
template <int kRows, int kVec>
PAPERPHONE_INLINE void store(const __m512 (&sum)[kRows][kVec], float* to, Index row) {
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v)
      _mm512_storeu_ps(to + i * row + v * kLanes, sum[i][v]);
}

PAPERPHONE_AVX512_BF16_END

}  // namespace paperphone::agent::kernels

#else

namespace paperphone::agent::kernels {
inline bool has_avx512_bf16() { return false; }
}  // namespace paperphone::agent::kernels

#endif
