#include "agent/ops/bf16_linear.h"

#include "agent/kernels/bf16_gemm.h"
#include "agent/kernels/dynamic_parallel.h"
#include "agent/kernels/kernel_dispatch.h"
#include "env/base/check.h"

namespace paperphone::agent {
namespace {

using kernels::Bf16;
using kernels::Bf16Gemm;
using kernels::Pair;
using kernels::Rows;
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

using Pack = decltype(&kernels::pack_forward);

// `pack` brings the weights into panels of `columns` columns in all.
Tensor packed(const Tensor& w_NK, std::int64_t columns, Pack pack) {
  const std::int64_t N = w_NK.size(0), K = w_NK.size(1);
  const Tensor panels = torch::empty({N * K / 2}, torch::kInt32);
  at::parallel_for(0, kernels::panels_of(columns), 1,
                   [&](std::int64_t begin, std::int64_t end) {
                     pack(data<Bf16>(w_NK), N, K, data<Pair>(panels), {begin, end});
                   });
  return panels;
}

// x [R, inner] against packed panels.
Tensor multiplied(const Tensor& x, const Tensor& panels, std::int64_t columns,
                  const Tensor& bias) {
  constexpr std::int64_t kBlock = 64;  // rows that use a panel while it is at hand
  const std::int64_t R = x.size(0);
  const Tensor out = torch::empty({R, columns}, x.options());
  Bf16Gemm product;
  product.x = data<Bf16>(x);
  product.inner = x.size(1);
  product.panels = data<Pair>(panels);
  product.bias = bias.defined() ? data<float>(bias) : nullptr;
  product.out = data<Bf16>(out);
  product.columns = columns;
  const std::int64_t blocks = (R + kBlock - 1) / kBlock,
                     all = kernels::panels_of(columns);
  // Few rows: the panels are shared out too.
  const std::int64_t cuts = blocks < 8 ? std::min<std::int64_t>(all, 4) : 1;
  parallel_for_dynamic(blocks * cuts, [&](std::int64_t i, kernels::Scratch&) {
    const std::int64_t row = i / cuts * kBlock, cut = i % cuts;
    kernels::bf16_gemm(product, {row, std::min(R, row + kBlock)},
                       {cut * all / cuts, (cut + 1) * all / cuts});
  });
  return out;
}

// The sum of pieces [pieces, ...].
Tensor sum_of(const Tensor& pieces) {
  if (pieces.size(0) == 1) return pieces[0];
  const Tensor out = torch::empty(pieces.sizes().slice(1), pieces.options());
  at::parallel_for(0, out.numel(), 1 << 14, [&](std::int64_t begin, std::int64_t end) {
    kernels::sum_pieces(data<float>(pieces), pieces.size(0), out.numel(),
                        data<float>(out), {begin, end});
  });
  return out;
}

struct WeightGradients {
  Tensor dw_NK, db_N;  // float32
};
// Rows are summed in pieces whose number depends on them alone.
WeightGradients weight_gradients(const Tensor& dy, const Tensor& x, bool with_bias) {
  constexpr std::int64_t kLeastRows = 1024, kMostPieces = 8;
  const std::int64_t R = x.size(0), N = dy.size(1), K = x.size(1);
  const std::int64_t pieces = std::clamp<std::int64_t>(R / kLeastRows, 1, kMostPieces);
  const Tensor dw = torch::empty({pieces, N, K}, torch::kFloat32);
  const Tensor db = with_bias ? torch::empty({pieces, N}, torch::kFloat32) : Tensor();
  parallel_for_dynamic(pieces, [&](std::int64_t i, kernels::Scratch& scratch) {
    kernels::weight_gradient(data<Bf16>(dy), data<Bf16>(x), N, K,
                             data<float>(dw) + i * N * K,
                             with_bias ? data<float>(db) + i * N : nullptr,
                             {i * R / pieces, (i + 1) * R / pieces}, scratch);
  });
  return {sum_of(dw), with_bias ? sum_of(db) : db};
}

struct Bf16Linear : Function<Bf16Linear> {
  // An empty bias is none.
  static Tensor forward(AutogradContext* context, const Tensor& x_in,
                        const Tensor& weight, const Tensor& bias) {
    const Tensor x = x_in.reshape({-1, x_in.size(-1)}).contiguous();
    const Tensor w = weight.to(torch::kBFloat16).contiguous();
    context->save_for_backward({x, w, weight, bias});
    // The bias is rounded as it is everywhere else.
    const Tensor b = bias.numel() > 0
                         ? bias.to(torch::kBFloat16).to(torch::kFloat32).contiguous()
                         : Tensor();
    auto shape = x_in.sizes().vec();
    shape.back() = w.size(0);
    return multiplied(x, packed(w, w.size(0), kernels::pack_forward), w.size(0), b)
        .view(shape);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor &x = saved[0], &w = saved[1], &bias = saved[3];
    auto shape = gradients[0].sizes().vec();
    const Tensor dy = gradients[0].reshape({-1, shape.back()}).contiguous();
    shape.back() = w.size(1);
    variable_list out(3);
    if (context->needs_input_grad(0))
      out[0] =
          multiplied(dy, packed(w, w.size(1), kernels::pack_backward), w.size(1), {})
              .view(shape);
    const bool with_bias = context->needs_input_grad(2) && bias.numel() > 0;
    if (!context->needs_input_grad(1) && !with_bias) return out;
    const WeightGradients found = weight_gradients(dy, x, with_bias);
    out[1] = found.dw_NK.to(saved[2].scalar_type());
    if (with_bias) out[2] = found.db_N.to(bias.scalar_type());
    return out;
  }
};

}  // namespace

bool has_bf16_linear(const Tensor& x, const Tensor& weight_NK) {
  return x.is_cpu() && x.scalar_type() == torch::kBFloat16 && x.numel() > 0 &&
         kernels::has_bf16_gemm(weight_NK.size(0), weight_NK.size(1));
}

Tensor bf16_linear(const Tensor& x, const Tensor& weight_NK, const Tensor& bias_N) {
  CHECK_TRUE(has_bf16_linear(x, weight_NK));
  CHECK_EQ(x.size(-1), weight_NK.size(1));
  return Bf16Linear::apply(
      x, weight_NK, bias_N.defined() ? bias_N : torch::empty({0}, torch::kFloat32));
}

}  // namespace paperphone::agent
