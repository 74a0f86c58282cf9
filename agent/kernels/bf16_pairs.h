// Vectors of pairs of bfloat16 values and their products (AVX512-BF16), for the kernels
// made of them. Only where PAPERPHONE_HAS_PAIRS is defined; the functions that use them
// stand between PAPERPHONE_PAIRS_BEGIN and PAPERPHONE_PAIRS_END, and run only where
// has_pairs().
#pragma once

#include <cstdint>

#include "agent/kernels/kernels.h"

namespace paperphone::agent::kernels {

using Index = std::int64_t;
using Pair = std::uint32_t;  // two bfloat16 values, the first in the lower half

}  // namespace paperphone::agent::kernels

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PAPERPHONE_HAS_PAIRS
#include <immintrin.h>

#define PAPERPHONE_INLINE static inline __attribute__((always_inline))
#define PAPERPHONE_PAIRS_BEGIN \
  _Pragma("GCC push_options")  \
  _Pragma("GCC target(\"avx512f,avx512bw,avx512dq,avx512vl,avx512bf16\")")
#define PAPERPHONE_PAIRS_END _Pragma("GCC pop_options")

namespace paperphone::agent::kernels {

inline bool has_pairs() {
  static const bool can =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bf16");
  return can;
}

inline constexpr Index kLanes = 16;  // float32 values in a vector

PAPERPHONE_PAIRS_BEGIN

PAPERPHONE_INLINE __m512 dot(__m512 sum, __m512i a, __m512i b) {
  return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
}
PAPERPHONE_INLINE __m512i pairs_at(const Pair* at) { return _mm512_load_si512(at); }
PAPERPHONE_INLINE __m512i everywhere(Pair pair) { return _mm512_set1_epi32(int(pair)); }
PAPERPHONE_INLINE __m256i narrowed(__m512 x) { return (__m256i)_mm512_cvtneps_pbh(x); }

// sum[i] += over p < count of scalars[i * row + p * step] vectors[p * stride], for kRows
// rows of kVec vectors: what all products are made of.
struct Scalars {
  const Pair* at = nullptr;
  Index row = 0, step = 1;
};
template <int kRows, int kVec>
PAPERPHONE_INLINE void multiply(const Scalars& scalars, const Pair* vectors, Index stride,
                                Index count, __m512 (&sum)[kRows][kVec]) {
  for (Index p = 0; p < count; ++p) {
    __m512i vector[kVec];
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v) vector[v] = pairs_at(vectors + p * stride + v * kLanes);
#pragma GCC unroll 8
    for (int i = 0; i < kRows; ++i) {
      const __m512i scalar = everywhere(scalars.at[i * scalars.row + p * scalars.step]);
#pragma GCC unroll 4
      for (int v = 0; v < kVec; ++v) sum[i][v] = dot(sum[i][v], vector[v], scalar);
    }
  }
}

template <int kRows, int kVec>
PAPERPHONE_INLINE void clear(__m512 (&sum)[kRows][kVec]) {
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v) sum[i][v] = _mm512_setzero_ps();
}
template <int kRows, int kVec>
PAPERPHONE_INLINE void read(const float* from, Index row, __m512 (&sum)[kRows][kVec]) {
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v) sum[i][v] = _mm512_loadu_ps(from + i * row + v * kLanes);
}
template <int kRows, int kVec>
PAPERPHONE_INLINE void write(const __m512 (&sum)[kRows][kVec], float* to, Index row) {
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < kVec; ++v) _mm512_storeu_ps(to + i * row + v * kLanes, sum[i][v]);
}

PAPERPHONE_PAIRS_END

}  // namespace paperphone::agent::kernels

#else

namespace paperphone::agent::kernels {
inline bool has_pairs() { return false; }
}  // namespace paperphone::agent::kernels

#endif
