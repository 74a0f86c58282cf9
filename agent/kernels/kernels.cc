#include "agent/kernels/kernels.h"

#include <cmath>
#include <cstddef>

// (__builtin_bit_cast and not std::bit_cast: a call would not be inlined into clones.)
//
// Each kernel is one inlined template, instantiated inside a function per type that
// the compiler clones for several processors (a template itself cannot be cloned).
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PAPERPHONE_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PAPERPHONE_CLONES
#endif
#define PAPERPHONE_INLINE static inline __attribute__((always_inline))

namespace paperphone::agent::kernels {
namespace {

using Index = std::int64_t;

PAPERPHONE_INLINE float load(float value) { return value; }
PAPERPHONE_INLINE float load(Bf16 value) {
  return __builtin_bit_cast(float, std::uint32_t(value.bits) << 16);
}
PAPERPHONE_INLINE void store(float* to, float value) { *to = value; }
PAPERPHONE_INLINE void store(Bf16* to, float value) {
  const auto bits = __builtin_bit_cast(std::uint32_t, value);  // round half to even
  to->bits = std::uint16_t((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}
PAPERPHONE_INLINE float rounded(float value, const float*) { return value; }
PAPERPHONE_INLINE float rounded(float value, const Bf16*) {
  const auto bits = __builtin_bit_cast(std::uint32_t, value);
  return __builtin_bit_cast(float, (bits + 0x7fffu + (bits >> 16 & 1u)) & 0xffff0000u);
}

// e^x to about one unit in the last place for x in [-87, 88]; below, almost zero.
// Straight-line code, so that loops around it become vectors. Source of the
// coefficients: Cephes' expf (Moshier).
PAPERPHONE_INLINE float exponential(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  constexpr float kRound = 12582912.0f;  // 1.5 * 2^23: adding it rounds to integers
  const float n = (x * 1.44269504088896341f + kRound) - kRound;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  return p * __builtin_bit_cast(float, (std::int32_t(n) + 127) << 23);
}

template <class T>
PAPERPHONE_INLINE void rms_norm_body(const T* x, const float* weight, T* out,
                                     float* inverse, Index D, float eps, Rows rows) {
  for (Index r = rows.begin; r < rows.end; ++r) {
    const T* from = x + r * D;
    T* to = out + r * D;
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < D; ++i) sum += load(from[i]) * load(from[i]);
    const float scale = 1.0f / std::sqrt(sum / float(D) + eps);
    inverse[r] = scale;
#pragma omp simd
    for (Index i = 0; i < D; ++i)
      store(&to[i], rounded(load(from[i]) * scale, to) * weight[i]);
  }
}

template <class T>
PAPERPHONE_INLINE void pixel_unshuffle_body(const float* patches, Index s, T* out,
                                            Index row_stride, const Index* offsets,
                                            Rows rows) {
  const Index p = 4 * s;
  for (Index n = rows.begin; n < rows.end; ++n)
    for (Index row = 0; row < s; ++row)
      for (Index c = 0; c < 3; ++c)
        for (Index y = 0; y < 4; ++y) {
          const float* from = patches + ((n * 3 + c) * p + row * 4 + y) * p;
          T* to = out + offsets[n] + row * row_stride + (c * 4 + y) * 4;
          for (Index column = 0; column < s; ++column)
#pragma GCC unroll 4
            for (Index x = 0; x < 4; ++x) store(&to[column * 48 + x], from[column * 4 + x]);
        }
}

template <class T>
PAPERPHONE_INLINE void rms_norm_backward_body(const T* dy, const T* x,
                                              const float* weight, const float* inverse,
                                              T* dx, float* dweight, Index D,
                                              Rows rows) {
  for (Index r = rows.begin; r < rows.end; ++r) {
    const T* g = dy + r * D;
    const T* from = x + r * D;
    T* to = dx + r * D;
    const float scale = inverse[r];
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (Index i = 0; i < D; ++i) {
      const float xi = load(from[i]), gi = load(g[i]);
      dot += xi * gi * weight[i];
      dweight[i] += gi * xi * scale;
    }
    const float back = dot * scale * scale * scale / float(D);
#pragma omp simd
    for (Index i = 0; i < D; ++i)
      store(&to[i], load(g[i]) * weight[i] * scale - load(from[i]) * back);
  }
}

template <class T>
PAPERPHONE_INLINE void apply_rotary_body(const T* x, HeadStrides from, const float* cos,
                                         const float* sin, float sign, T* out,
                                         HeadStrides to, Index H, Index E, Rows rows) {
  const Index half = E / 2;
  if (cos == nullptr) {
    for (Index r = rows.begin; r < rows.end; ++r)
      for (Index h = 0; h < H; ++h)
        __builtin_memcpy(out + r * to.row + h * to.head,
                         x + r * from.row + h * from.head, std::size_t(E) * sizeof(T));
    return;
  }
  for (Index r = rows.begin; r < rows.end; ++r) {
    const float* c = cos + r * half;
    const float* s = sin + r * half;
    for (Index h = 0; h < H; ++h) {
      const T* a = x + r * from.row + h * from.head;
      T* o = out + r * to.row + h * to.head;
#pragma omp simd
      for (Index i = 0; i < half; ++i) {
        const float p = load(a[i]), q = load(a[i + half]);
        const float sine = sign * s[i];
        store(&o[i], p * c[i] - q * sine);
        store(&o[i + half], q * c[i] + p * sine);
      }
    }
  }
}

template <class T>
PAPERPHONE_INLINE void swiglu_body(const T* gate, const T* up, const float* gate_bias,
                                   const float* up_bias, T* out, Index D, Rows rows) {
  for (Index r = rows.begin; r < rows.end; ++r) {
    const T *gate_r = gate + r * D, *up_r = up + r * D;
    T* out_r = out + r * D;
#pragma omp simd
    for (Index i = 0; i < D; ++i) {
      const float g = load(gate_r[i]) + gate_bias[i];
      store(&out_r[i], g / (1.0f + exponential(-g)) * (load(up_r[i]) + up_bias[i]));
    }
  }
}

template <class T>
PAPERPHONE_INLINE void swiglu_backward_body(const T* dy, const T* gate, const T* up,
                                            const float* gate_bias,
                                            const float* up_bias, T* dgate, T* dup,
                                            float* dgate_bias, float* dup_bias, Index D,
                                            Rows rows) {
  for (Index r = rows.begin; r < rows.end; ++r) {
    const T *dy_r = dy + r * D, *gate_r = gate + r * D, *up_r = up + r * D;
    T *dgate_r = dgate + r * D, *dup_r = dup + r * D;
#pragma omp simd
    for (Index i = 0; i < D; ++i) {
      const float g = load(gate_r[i]) + gate_bias[i], d = load(dy_r[i]);
      const float sigmoid = 1.0f / (1.0f + exponential(-g));
      const float of_up = d * g * sigmoid;
      const float of_gate =
          d * (load(up_r[i]) + up_bias[i]) * sigmoid * (1.0f + g * (1.0f - sigmoid));
      store(&dup_r[i], of_up);
      store(&dgate_r[i], of_gate);
      dup_bias[i] += of_up;
      dgate_bias[i] += of_gate;
    }
  }
}

// Phi(x), the normal distribution, with an error below 1e-7, and its density.
// Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 7.1.26.
struct Normal {
  float cdf, pdf;
};
PAPERPHONE_INLINE Normal normal(float x) {
  const float z = (x < 0 ? -x : x) * 0.70710678118654752f;
  const float t = 1.0f / (1.0f + 0.3275911f * z);
  float p = 1.061405429f;
  p = p * t - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  const float bell = exponential(-z * z), tail = 0.5f * p * t * bell;
  return {x < 0 ? tail : 1.0f - tail, bell * 0.39894228040143268f};
}

template <class T>
PAPERPHONE_INLINE void softmax_pair_body(T* x1, Index visible1, Index K1, T* x2,
                                         Index visible2, Index K2, float scale,
                                         float* scores) {
  float* const scores2 = scores + visible1;
  float top = -3.0e38f;
#pragma omp simd reduction(max : top)
  for (Index i = 0; i < visible1; ++i) {
    scores[i] = load(x1[i]) * scale;
    top = scores[i] > top ? scores[i] : top;
  }
#pragma omp simd reduction(max : top)
  for (Index i = 0; i < visible2; ++i) {
    scores2[i] = load(x2[i]) * scale;
    top = scores2[i] > top ? scores2[i] : top;
  }
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (Index i = 0; i < visible1 + visible2; ++i) {
    scores[i] = exponential(scores[i] - top);
    sum += scores[i];
  }
  const float inverse = 1.0f / sum;
#pragma omp simd
  for (Index i = 0; i < visible1; ++i) store(&x1[i], scores[i] * inverse);
#pragma omp simd
  for (Index i = 0; i < visible2; ++i) store(&x2[i], scores2[i] * inverse);
  for (Index i = visible1; i < K1; ++i) store(&x1[i], 0.0f);
  for (Index i = visible2; i < K2; ++i) store(&x2[i], 0.0f);
}

template <class T>
PAPERPHONE_INLINE void softmax_pair_backward_body(const T* p1, T* d1, Index K1,
                                                  const T* p2, T* d2, Index K2,
                                                  float scale) {
  float dot = 0;
#pragma omp simd reduction(+ : dot)
  for (Index i = 0; i < K1; ++i) dot += load(p1[i]) * load(d1[i]);
#pragma omp simd reduction(+ : dot)
  for (Index i = 0; i < K2; ++i) dot += load(p2[i]) * load(d2[i]);
#pragma omp simd
  for (Index i = 0; i < K1; ++i)
    store(&d1[i], load(p1[i]) * (load(d1[i]) - dot) * scale);
#pragma omp simd
  for (Index i = 0; i < K2; ++i)
    store(&d2[i], load(p2[i]) * (load(d2[i]) - dot) * scale);
}

template <class T>
PAPERPHONE_INLINE void single_query_attention_body(const T* q,
                                                   const KeyValueRun<T>* runs,
                                                   int num_runs, Index E, float scale,
                                                   T* out, float* scores) {
  constexpr Index kLanes = 16;
  float top = -3.0e38f;
  Index n = 0;
  for (int run = 0; run < num_runs; ++run)
    for (Index j = 0; j < runs[run].count; ++j, ++n) {
      const T* key = runs[run].keys + j * E;
      float dot = 0;
#pragma omp simd reduction(+ : dot)
      for (Index i = 0; i < E; ++i) dot += load(q[i]) * load(key[i]);
      scores[n] = dot * scale;
      top = scores[n] > top ? scores[n] : top;
    }
  // Whole vectors only: what a lane adds up must not depend on n.
  const Index padded = (n + kLanes - 1) / kLanes * kLanes;
  for (Index j = n; j < padded; ++j) scores[j] = -3.0e38f;
  float lanes[kLanes] = {};
  for (Index j = 0; j < padded; j += kLanes) {
#pragma omp simd
    for (Index l = 0; l < kLanes; ++l) {
      const float p = exponential(scores[j + l] - top);
      scores[j + l] = scores[j + l] < -1.0e38f ? 0.0f : p;
      lanes[l] += scores[j + l];
    }
  }
  float sum = 0;
  for (Index l = 0; l < kLanes; ++l) sum += lanes[l];
  const float inverse = 1.0f / sum;
  for (Index begin = 0; begin < E; begin += kLanes) {  // a few values at a time
    const Index width = E - begin < kLanes ? E - begin : kLanes;
    float total[kLanes] = {};
    n = 0;
    for (int run = 0; run < num_runs; ++run)
      for (Index j = 0; j < runs[run].count; ++j, ++n) {
        const T* value = runs[run].values + j * E + begin;
#pragma omp simd
        for (Index i = 0; i < width; ++i) total[i] += scores[n] * load(value[i]);
      }
    for (Index i = 0; i < width; ++i) store(&out[begin + i], total[i] * inverse);
  }
}

// Half a panel; the compiler splits it where vectors are shorter.
typedef float Lanes __attribute__((vector_size(64)));
typedef std::uint16_t HalfLanes __attribute__((vector_size(32)));
typedef std::uint32_t WideLanes __attribute__((vector_size(64)));

PAPERPHONE_INLINE void load_lanes(const float* from, Lanes* to) {
  __builtin_memcpy(to, from, sizeof(Lanes));
}
PAPERPHONE_INLINE void load_lanes(const Bf16* from, Lanes* to) {
  HalfLanes bits;
  __builtin_memcpy(&bits, from, sizeof(bits));
  const WideLanes wide = __builtin_convertvector(bits, WideLanes) << 16;
  __builtin_memcpy(to, &wide, sizeof(wide));
}

template <int kRows, class T>
PAPERPHONE_INLINE void linear_rows(const T* x, Index K, const T* panel, const T* bias,
                                   T* out, Index N, Index columns) {
  Lanes sum[kRows][2] = {};
  for (Index k = 0; k < K; ++k) {
    Lanes left, right;
    load_lanes(panel + k * kPanel, &left);
    load_lanes(panel + k * kPanel + 16, &right);
    for (int r = 0; r < kRows; ++r) {
      const float value = load(x[r * K + k]);
      sum[r][0] += value * left;
      sum[r][1] += value * right;
    }
  }
  for (int r = 0; r < kRows; ++r)
    for (Index c = 0; c < columns; ++c)
      store(&out[r * N + c],
            sum[r][c / 16][c % 16] + (bias == nullptr ? 0.0f : load(bias[c])));
}

template <class T>
PAPERPHONE_INLINE void linear_panel_body(const T* x, Index R, Index K, const T* panel,
                                         const T* bias, T* out, Index N, Index first,
                                         Index columns) {
  Index r = 0;
  for (; r + 4 <= R; r += 4)
    linear_rows<4>(x + r * K, K, panel, bias, out + r * N + first, N, columns);
  for (; r < R; ++r)
    linear_rows<1>(x + r * K, K, panel, bias, out + r * N + first, N, columns);
}

// 32 values that stand together become two vectors: of bfloat16 the even and the odd ones,
// which is what two operations on whole words give.
PAPERPHONE_INLINE void load_block(const float* from, Lanes* left, Lanes* right) {
  load_lanes(from, left);
  load_lanes(from + 16, right);
}
PAPERPHONE_INLINE void load_block(const Bf16* from, Lanes* even, Lanes* odd) {
  WideLanes bits;
  __builtin_memcpy(&bits, from, sizeof(bits));
  const WideLanes low = bits << 16, high = bits & 0xffff0000u;
  __builtin_memcpy(even, &low, sizeof(low));
  __builtin_memcpy(odd, &high, sizeof(high));
}

PAPERPHONE_INLINE float sum_of(Lanes lanes) {
  typedef float Half __attribute__((vector_size(32)));
  typedef float Quarter __attribute__((vector_size(16)));
  Half halves[2];
  __builtin_memcpy(halves, &lanes, sizeof(lanes));
  const Half half = halves[0] + halves[1];
  Quarter quarters[2];
  __builtin_memcpy(quarters, &half, sizeof(half));
  const Quarter four = quarters[0] + quarters[1];
  return (four[0] + four[2]) + (four[1] + four[3]);
}

constexpr Index kFewBlock = 32;

template <class T>
PAPERPHONE_INLINE void skinny_pack_body(const T* x, Index R, Index K, float* out) {
  const Index width = skinny_width(K);
  for (Index r = 0; r < R; ++r)
    for (Index k = 0; k < width; k += kFewBlock) {
      T block[kFewBlock] = {};
      const Index count = K - k < kFewBlock ? K - k : kFewBlock;
      __builtin_memcpy(block, x + r * K + k, std::size_t(count) * sizeof(T));
      Lanes left, right;
      load_block(block, &left, &right);
      __builtin_memcpy(out + r * width + k, &left, sizeof(left));
      __builtin_memcpy(out + r * width + k + 16, &right, sizeof(right));
    }
}

template <int kRows, int kColumns, class T>
PAPERPHONE_INLINE void few_step(const float* x, Index width, const T* weight, Index K,
                                Lanes (&sum)[kColumns][kRows]) {
  Lanes a[kRows], b[kRows];
  for (int r = 0; r < kRows; ++r) {
    load_lanes(x + r * width, &a[r]);
    load_lanes(x + r * width + 16, &b[r]);
  }
  for (int c = 0; c < kColumns; ++c) {
    Lanes left, right;
    load_block(weight + c * K, &left, &right);
    for (int r = 0; r < kRows; ++r) {
      sum[c][r] += a[r] * left;
      sum[c][r] += b[r] * right;
    }
  }
}

template <int kRows, int kColumns, class T>
PAPERPHONE_INLINE void few_tile(const float* x, Index K, const T* weight, const T* bias,
                                T* out, Index N) {
  const Index width = skinny_width(K), whole = K / kFewBlock * kFewBlock;
  Lanes sum[kColumns][kRows] = {};
  for (Index k = 0; k < whole; k += kFewBlock)
    few_step<kRows, kColumns>(x + k, width, weight + k, K, sum);
  if (whole < K) {
    T rest[kColumns * kFewBlock] = {};
    for (int c = 0; c < kColumns; ++c)
      __builtin_memcpy(rest + c * kFewBlock, weight + c * K + whole,
                       std::size_t(K - whole) * sizeof(T));
    few_step<kRows, kColumns>(x + whole, width, rest, kFewBlock, sum);
  }
  for (int r = 0; r < kRows; ++r)
    for (int c = 0; c < kColumns; ++c)
      store(&out[r * N + c],
            sum_of(sum[c][r]) + (bias == nullptr ? 0.0f : load(bias[c])));
}

template <int kColumns, class T>
PAPERPHONE_INLINE void few_columns(const float* x, Index R, Index K, const T* weight,
                                   const T* bias, T* out, Index N) {
  const Index width = skinny_width(K);
  Index r = 0;
  for (; r + 4 <= R; r += 4)
    few_tile<4, kColumns>(x + r * width, K, weight, bias, out + r * N, N);
  for (; r + 2 <= R; r += 2)
    few_tile<2, kColumns>(x + r * width, K, weight, bias, out + r * N, N);
  if (r < R) few_tile<1, kColumns>(x + r * width, K, weight, bias, out + r * N, N);
}

template <class T>
PAPERPHONE_INLINE void skinny_gemm_body(const float* x, Index R, Index K,
                                        const T* weight, const T* bias, T* out, Index N,
                                        Rows columns) {
  Index n = columns.begin;
  const auto bias_of = [&](Index c) { return bias == nullptr ? nullptr : bias + c; };
  for (; n + kSkinnyColumns <= columns.end; n += kSkinnyColumns)
    few_columns<kSkinnyColumns>(x, R, K, weight + n * K, bias_of(n), out + n, N);
  for (; n < columns.end; ++n)
    few_columns<1>(x, R, K, weight + n * K, bias_of(n), out + n, N);
}

}  // namespace

#define PAPERPHONE_KERNELS(T)                                                          \
  template <>                                                                          \
  PAPERPHONE_CLONES void rms_norm<T>(const T* x, const float* weight, T* out,          \
                                     float* inverse, Index D, float eps, Rows rows) {  \
    rms_norm_body(x, weight, out, inverse, D, eps, rows);                              \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void rms_norm_backward<T>(                                         \
      const T* dy, const T* x, const float* weight, const float* inverse, T* dx,       \
      float* dweight, Index D, Rows rows) {                                            \
    rms_norm_backward_body(dy, x, weight, inverse, dx, dweight, D, rows);              \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void apply_rotary<T>(                                              \
      const T* x, HeadStrides from, const float* cos, const float* sin, float sign,    \
      T* out, HeadStrides to, Index H, Index E, Rows rows) {                           \
    apply_rotary_body(x, from, cos, sin, sign, out, to, H, E, rows);                   \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void pixel_unshuffle<T>(const float* from, Index s, T* to,         \
                                            Index row_stride, const Index* offsets,    \
                                            Rows patches) {                            \
    pixel_unshuffle_body(from, s, to, row_stride, offsets, patches);                   \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void swiglu<T>(const T* gate, const T* up, const float* gate_bias, \
                                   const float* up_bias, T* out, Index D, Rows rows) { \
    swiglu_body(gate, up, gate_bias, up_bias, out, D, rows);                           \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void swiglu_backward<T>(                                           \
      const T* dy, const T* gate, const T* up, const float* gate_bias,                 \
      const float* up_bias, T* dgate, T* dup, float* dgate_bias, float* dup_bias,      \
      Index D, Rows rows) {                                                            \
    swiglu_backward_body(dy, gate, up, gate_bias, up_bias, dgate, dup, dgate_bias,     \
                         dup_bias, D, rows);                                           \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void softmax_pair<T>(T * x1, Index visible1, Index K1, T * x2,     \
                                         Index visible2, Index K2, float scale,        \
                                         float* scratch) {                             \
    softmax_pair_body(x1, visible1, K1, x2, visible2, K2, scale, scratch);             \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void softmax_pair_backward<T>(                                     \
      const T* p1, T* d1, Index K1, const T* p2, T* d2, Index K2, float scale) {       \
    softmax_pair_backward_body(p1, d1, K1, p2, d2, K2, scale);                         \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void single_query_attention<T>(                                    \
      const T* q, const KeyValueRun<T>* runs, int num_runs, Index E, float scale,      \
      T* out, float* scratch) {                                                        \
    single_query_attention_body(q, runs, num_runs, E, scale, out, scratch);            \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void linear_panel<T>(const T* x, Index R, Index K, const T* panel, \
                                         const T* bias, T* out, Index N, Index first,  \
                                         Index columns) {                              \
    linear_panel_body(x, R, K, panel, bias, out, N, first, columns);                   \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void skinny_pack<T>(const T* x, Index R, Index K, float* out) {    \
    skinny_pack_body(x, R, K, out);                                                    \
  }                                                                                    \
  template <>                                                                          \
  PAPERPHONE_CLONES void skinny_gemm<T>(const float* x, Index R, Index K,              \
                                        const T* weight, const T* bias, T* out,        \
                                        Index N, Rows columns) {                       \
    skinny_gemm_body(x, R, K, weight, bias, out, N, columns);                          \
  }

PAPERPHONE_KERNELS(float)
PAPERPHONE_KERNELS(Bf16)

PAPERPHONE_CLONES void adamw(const float* grad, float* p, float* mean, float* variance,
                             const AdamwStep& by, Rows values) {
  const AdamwStep s = by;
#pragma omp simd
  for (Index i = values.begin; i < values.end; ++i) {
    const float g = grad[i] * s.grad_scale;
    const float m = s.beta1 * mean[i] + (1 - s.beta1) * g;
    const float v = s.beta2 * variance[i] + (1 - s.beta2) * (g * g);
    mean[i] = m;
    variance[i] = v;
    p[i] = p[i] * s.decay - s.step * m / (std::sqrt(v * s.variance_scale) + s.eps);
  }
}

PAPERPHONE_CLONES double sum_of_squares(const float* x, Rows values) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (Index i = values.begin; i < values.end; ++i) sum += x[i] * x[i];
  return sum;
}

PAPERPHONE_CLONES void sum_pieces(const float* from, std::int64_t pieces,
                                  std::int64_t length, float* out, Rows values) {
  for (Index i = values.begin; i < values.end; ++i) out[i] = from[i];
  for (Index piece = 1; piece < pieces; ++piece) {
    const float* const more = from + piece * length;
#pragma omp simd
    for (Index i = values.begin; i < values.end; ++i) out[i] += more[i];
  }
}

PAPERPHONE_CLONES void gelu(const Bf16* x, Bf16* out, Rows values) {
#pragma omp simd
  for (Index i = values.begin; i < values.end; ++i) {
    const float value = load(x[i]);
    store(&out[i], value * normal(value).cdf);
  }
}

PAPERPHONE_CLONES void gelu_backward(const Bf16* dy, const Bf16* x, Bf16* dx,
                                     Rows values) {
#pragma omp simd
  for (Index i = values.begin; i < values.end; ++i) {
    const float value = load(x[i]);
    const Normal n = normal(value);
    store(&dx[i], load(dy[i]) * (n.cdf + value * n.pdf));
  }
}

}  // namespace paperphone::agent::kernels
