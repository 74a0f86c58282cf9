#include "agent/model/decoding.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "agent/kernels/kernel_dispatch.h"

namespace paperphone::agent {
namespace {

using torch::Tensor;

// Above, the library is the faster one: in bfloat16 it multiplies with instructions for
// that, which few rows do not keep busy.
constexpr std::int64_t kMostRowsFloat32 = 16, kMostRowsBfloat16 = 4;
// Products that are worth another thread.
constexpr std::int64_t kGrain = 1 << 17;

template <class T>
void few_rows(const Tensor& x_RK, const Tensor& weight_NK, const Tensor& bias,
              const Tensor& out_RN) {
  const std::int64_t R = x_RK.size(0), K = x_RK.size(1), N = weight_NK.size(0);
  std::vector<float> spread(std::size_t(R * kernels::skinny_width(K)));
  kernels::skinny_pack(data<T>(x_RK), R, K, spread.data());
  const std::int64_t panels =
      (N + kernels::kSkinnyColumns - 1) / kernels::kSkinnyColumns;
  const std::int64_t grain =
      std::max<std::int64_t>(1, kGrain / (kernels::kSkinnyColumns * K * R));
  at::parallel_for(0, panels, grain, [&](std::int64_t begin, std::int64_t end) {
    kernels::skinny_gemm(
        spread.data(), R, K, data<T>(weight_NK),
        bias.defined() ? data<T>(bias) : nullptr, data<T>(out_RN), N,
        {begin * kernels::kSkinnyColumns, std::min(N, end * kernels::kSkinnyColumns)});
  });
}

}  // namespace

bool is_skinny(const Tensor& x) {
  if (torch::GradMode::is_enabled() || !has_kernels(x)) return false;
  const std::int64_t most =
      x.scalar_type() == torch::kFloat32 ? kMostRowsFloat32 : kMostRowsBfloat16;
  return x.numel() <= most * x.size(-1);
}

Tensor skinny_linear(const Tensor& x_in, const Tensor& weight_in,
                     const Tensor& bias_in) {
  auto shape = x_in.sizes().vec();
  const Tensor x = x_in.reshape({-1, shape.back()}).contiguous();
  const Tensor weight = weight_in.contiguous();
  const Tensor bias = bias_in.defined() ? bias_in.contiguous() : bias_in;
  shape.back() = weight.size(0);
  const Tensor out = torch::empty(shape, x.options());
  dispatch_type(x, [&]<class T>(T*) { few_rows<T>(x, weight, bias, out); });
  return out;
}

Tensor cached_attention(const Tensor& q_RHSE, const CachedKeyValues& past,
                        std::int64_t group, const Tensor& own_keys,
                        const Tensor& own_values, std::int64_t first, double scale) {
  const Tensor q = q_RHSE.contiguous();
  const Tensor past_keys = past.keys.contiguous(), past_values = past.values.contiguous();
  const Tensor keys = own_keys.contiguous(), values = own_values.contiguous();
  const std::int64_t R = q.size(0), H = q.size(1), S = q.size(2), E = q.size(3);
  const std::int64_t K = keys.size(1), G = H / K, places = keys.size(2);
  const std::int64_t P = past_keys.size(2);
  const Tensor out = torch::zeros_like(q);
  dispatch_type(q, [&]<class T>(T*) {
    at::parallel_for(0, R * H, 1, [&](std::int64_t begin, std::int64_t end) {
      std::vector<float> scratch(std::size_t(P + places) + 16);
      for (std::int64_t i = begin; i < end; ++i) {
        const std::int64_t r = i / H, k = (i % H) / G, row = r / group;
        const std::int64_t before = (row * K + k) * P * E, mine = (r * K + k) * places * E;
        kernels::KeyValueRun<T> runs[2] = {
            {data<T>(past_keys) + before, data<T>(past_values) + before,
             past.counts[std::size_t(row)]},
            {data<T>(keys) + mine, data<T>(values) + mine, 0}};
        for (std::int64_t s = 0; s < S; ++s) {
          runs[1].count = first + s + 1;
          kernels::single_query_attention(data<T>(q) + (i * S + s) * E, runs, 2, E,
                                          float(scale), data<T>(out) + (i * S + s) * E,
                                          scratch.data());
        }
      }
    });
  });
  return out;
}

}  // namespace paperphone::agent
