// The loops behind fused.h: plain pointers, no torch. Every function has a version
// for AVX-512, AVX2 and older processors, chosen when the program starts.
//
// Shape letters: R rows, D values per row, H heads, E values per head, K keys.
#pragma once

#include <cstdint>

namespace paperphone::agent::kernels {

// The upper half of a float32.
struct Bf16 {
  std::uint16_t bits = 0;
};

struct Rows {  // a slice of the work: rows [begin, end)
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// out = round(x * inverse) * weight; inverse_R = 1 / sqrt(mean(x^2) + eps), kept for
// the way back.
template <class T>
void rms_norm(const T* x_RD, const float* weight_D, T* out_RD, float* inverse_R,
              std::int64_t D, float eps, Rows rows);
// dweight_D is added to.
template <class T>
void rms_norm_backward(const T* dy_RD, const T* x_RD, const float* weight_D,
                       const float* inverse_R, T* dx_RD, float* dweight_D,
                       std::int64_t D, Rows rows);

// Distances between neighbours along rows and heads, in values.
struct HeadStrides {
  std::int64_t row = 0;
  std::int64_t head = 0;
};
// (a, b) -> (a cos - b sin, b cos + a sin) on the halves of each head; `sign` -1 turns
// back. Angles [R, E/2]; null: values are only moved.
template <class T>
void apply_rotary(const T* x, HeadStrides from, const float* cos_RE,
                  const float* sin_RE, float sign, T* out, HeadStrides to,
                  std::int64_t H, std::int64_t E, Rows rows);

// Patches of [3, 4 s, 4 s] values -> s rows of s squares of [3, 4, 4], rows `row_stride`
// apart; patch i of `from` begins at to + offsets[i].
template <class T>
void pixel_unshuffle(const float* from, std::int64_t s, T* to, std::int64_t row_stride,
                     const std::int64_t* offsets, Rows patches);

// out = silu(gate + gate_bias) (up + up_bias), one bias per column.
template <class T>
void swiglu(const T* gate_RD, const T* up_RD, const float* gate_bias_D,
            const float* up_bias_D, T* out_RD, std::int64_t D, Rows rows);
// dgate_bias_D and dup_bias_D are added to.
template <class T>
void swiglu_backward(const T* dy_RD, const T* gate_RD, const T* up_RD,
                     const float* gate_bias_D, const float* up_bias_D, T* dgate_RD,
                     T* dup_RD, float* dgate_bias_D, float* dup_bias_D, std::int64_t D,
                     Rows rows);

// out = x Phi(x), Phi the normal distribution (arXiv:1606.08415), within 1e-6 before it
// is rounded.
void gelu(const Bf16* x, Bf16* out, Rows values);
void gelu_backward(const Bf16* dy, const Bf16* x, Bf16* dx, Rows values);

// In place, one softmax over two rows: the first `visible1` of K1 values and the first
// `visible2` of K2, each times `scale`; the others become 0. One row: K2 = 0, x2
// unused. scratch: K1 + K2 floats.
template <class T>
void softmax_pair(T* x1_K, std::int64_t visible1, std::int64_t K1, T* x2_K,
                  std::int64_t visible2, std::int64_t K2, float scale, float* scratch);
// In place: d = p (d - sum(p d)) scale, the sum over both rows.
template <class T>
void softmax_pair_backward(const T* p1_K, T* d1_K, std::int64_t K1, const T* p2_K,
                           T* d2_K, std::int64_t K2, float scale);

// Keys and values that stand one after the other, [count, E].
template <class T>
struct KeyValueRun {
  const T* keys = nullptr;
  const T* values = nullptr;
  std::int64_t count = 0;
};
// out = sum_j p_j values_j, p = softmax(scale q.keys_j) over all keys of the runs, in
// their order. What a query gets depends on the keys it sees and on nothing else: not
// on how many queries or later keys there are. scratch: keys + 16 floats.
template <class T>
void single_query_attention(const T* q_E, const KeyValueRun<T>* runs, int num_runs,
                            std::int64_t E, float scale, T* out_E, float* scratch);

// One update of AdamW (arXiv:1711.05101), in one pass:
//   g = grad * grad_scale; p = p * decay
//   mean = beta1 mean + (1 - beta1) g; variance = beta2 variance + (1 - beta2) g^2
//   p = p - step mean / (sqrt(variance * variance_scale) + eps)
struct AdamwStep {
  float grad_scale = 1, decay = 1, beta1 = 0, beta2 = 0, step = 0, variance_scale = 1,
        eps = 0;
};
void adamw(const float* grad, float* p, float* mean, float* variance,
           const AdamwStep& step, Rows values);
// Of float32 sums side by side, so meant for pieces of some thousands.
double sum_of_squares(const float* x, Rows values);

// out = the sum of `pieces` arrays that stand `length` apart.
void sum_pieces(const float* from, std::int64_t pieces, std::int64_t length, float* out,
                Rows values);

// Columns of x W^T that are computed together: a panel holds their weights as
// [K, kPanel], so that every step along K is one vector of columns.
inline constexpr std::int64_t kPanel = 32;
// out[r, first + c] = bias[c] + sum over k, in order, of x[r, k] panel[k, c], for the
// first `columns` of a panel. Every row is computed alike, whoever its neighbours are.
// bias_c may be null.
template <class T>
void linear_panel(const T* x_RK, std::int64_t R, std::int64_t K, const T* panel,
                  const T* bias_c, T* out_RN, std::int64_t N, std::int64_t first,
                  std::int64_t columns);

// A few rows against a matrix as it lies in memory: its columns of x W^T are computed
// this many at a time.
inline constexpr std::int64_t kSkinnyColumns = 4;
// Values of a row of x in the order in which skinny_gemm meets them; skinny_width(K)
// each.
constexpr std::int64_t skinny_width(std::int64_t K) { return (K + 31) / 32 * 32; }
template <class T>
void skinny_pack(const T* x_RK, std::int64_t R, std::int64_t K, float* out);
// out[r, n] = bias[n] + x[r] . weight[n], for the columns n of a slice. bias_N may be null.
template <class T>
void skinny_gemm(const float* spread, std::int64_t R, std::int64_t K,
                 const T* weight_NK, const T* bias_N, T* out_RN, std::int64_t N,
                 Rows columns);

}  // namespace paperphone::agent::kernels
