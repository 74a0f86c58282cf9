#include "agent/ops/exact.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "agent/kernels/kernel_dispatch.h"
#include "agent/ops/opaque_tensor.h"
#include "env/base/check.h"
#include "env/base/error.h"

namespace paperphone::agent {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

void check_kernels(const Tensor& x) {
  if (!has_kernels(x))
    throw ConfigError(
        "exact arithmetic needs the CPU and float32 or bfloat16; turn `exact` off");
}

// What the queries of one row see.
struct Run {
  std::int64_t begin = 0;
  std::int64_t count = 0;
};
struct RowRuns {
  Run prefix;
  std::vector<Run> segments;
};

Run run_of(const std::int32_t* positions, std::int64_t places) {
  Run run;
  while (run.count < places && positions[run.count] >= 0) ++run.count;
  if (run.count == 0) return run;
  run.begin = positions[0];
  CHECK_EQ(std::int64_t(positions[run.count - 1]), run.begin + run.count - 1);
  return run;
}

std::vector<RowRuns> runs_of(const PackedLayout& layout) {
  std::vector<RowRuns> rows;
  const std::int32_t* positions = layout.position_of_place.data();
  for (std::int64_t b = 0; b < layout.B; ++b) {
    RowRuns& row = rows.emplace_back();
    row.prefix = run_of(positions, layout.P);
    positions += layout.P;
    for (std::int64_t m = 0; m < layout.M; ++m, positions += layout.L)
      row.segments.push_back(run_of(positions, layout.L));
  }
  return rows;
}

Tensor forward_of_layout(const Tensor& q, const Tensor& k, const Tensor& v,
                         const PackedLayout& layout, double scale) {
  const std::int64_t B = q.size(0), H = q.size(1), S = q.size(2), E = q.size(3);
  const std::int64_t K = k.size(1), G = H / K;
  const std::vector<RowRuns> rows = runs_of(layout);
  const Tensor out = torch::zeros_like(q);
  dispatch_type(q, [&]<class T>(T*) {
    at::parallel_for(0, B * H, 1, [&](std::int64_t begin, std::int64_t end) {
      std::vector<float> scratch(std::size_t(S) + 16);
      for (std::int64_t i = begin; i < end; ++i) {
        const std::int64_t b = i / H, h = i % H;
        const RowRuns& row = rows[std::size_t(b)];
        const std::int64_t unit = (b * K + h / G) * S * E;
        const T* keys = data<T>(k) + unit;
        const T* values = data<T>(v) + unit;
        const auto attend = [&](const Run& queries, const Run* before) {
          kernels::KeyValueRun<T> runs[2];
          int n = 0;
          if (before != nullptr)
            runs[n++] = {keys + before->begin * E, values + before->begin * E,
                         before->count};
          for (std::int64_t s = 0; s < queries.count; ++s) {
            runs[n] = {keys + queries.begin * E, values + queries.begin * E, s + 1};
            const std::int64_t at = (i * S + queries.begin + s) * E;
            kernels::single_query_attention(data<T>(q) + at, runs, n + 1, E,
                                            float(scale), data<T>(out) + at,
                                            scratch.data());
          }
        };
        attend(row.prefix, nullptr);
        for (const Run& segment : row.segments) attend(segment, &row.prefix);
      }
    });
  });
  return out;
}

struct ExactAttention : Function<ExactAttention> {
  static Tensor forward(AutogradContext* context, const Tensor& q_in,
                        const Tensor& k_in, const Tensor& v_in, const Tensor& opaque,
                        double scale) {
    const Tensor q = q_in.contiguous(), k = k_in.contiguous(), v = v_in.contiguous();
    context->saved_data["scale"] = scale;
    context->save_for_backward({q, k, v, opaque});
    return forward_of_layout(q, k, v, opaque_value<PackedLayout>(opaque), scale);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto& layout = opaque_value<PackedLayout>(saved[3]);
    torch::AutoGradMode enable(true);
    variable_list inputs;
    for (int i = 0; i < 3; ++i)
      inputs.push_back(saved[std::size_t(i)].detach().requires_grad_());
    const Tensor out =
        packed_attention(inputs[0], inputs[1], inputs[2],
                         std::make_shared<const PackedLayout>(layout),
                         context->saved_data["scale"].toDouble());
    const auto d = torch::autograd::grad({out}, inputs, {gradients[0].contiguous()});
    return {d[0], d[1], d[2], Tensor(), Tensor()};
  }
};

template <class T>
void linear_forward(const Tensor& x_RK, const Tensor& weight_NK, const Tensor& bias,
                    const Tensor& out_RN) {
  const std::int64_t R = x_RK.size(0), K = x_RK.size(1), N = weight_NK.size(0);
  const std::int64_t panels = (N + kernels::kPanel - 1) / kernels::kPanel;
  at::parallel_for(0, panels, 1, [&](std::int64_t begin, std::int64_t end) {
    std::vector<T> panel(std::size_t(K * kernels::kPanel));
    for (std::int64_t p = begin; p < end; ++p) {
      const std::int64_t first = p * kernels::kPanel;
      const std::int64_t columns = std::min(kernels::kPanel, N - first);
      std::fill(panel.begin(), panel.end(), T{});
      for (std::int64_t c = 0; c < columns; ++c) {
        const T* row = data<T>(weight_NK) + (first + c) * K;
        for (std::int64_t k = 0; k < K; ++k)
          panel[std::size_t(k * kernels::kPanel + c)] = row[k];
      }
      kernels::linear_panel(data<T>(x_RK), R, K, panel.data(),
                            bias.numel() > 0 ? data<T>(bias) + first : nullptr,
                            data<T>(out_RN), N, first, columns);
    }
  });
}

struct ExactLinear : Function<ExactLinear> {
  static Tensor forward(AutogradContext* context, const Tensor& x_in,
                        const Tensor& weight_in, const Tensor& bias_in) {
    auto shape = x_in.sizes().vec();
    const Tensor x = x_in.reshape({-1, shape.back()}).contiguous();
    const Tensor weight = weight_in.contiguous(), bias = bias_in.contiguous();
    shape.back() = weight.size(0);
    const Tensor out = torch::empty({x.size(0), weight.size(0)}, x.options());
    dispatch_type(x, [&]<class T>(T*) { linear_forward<T>(x, weight, bias, out); });
    context->save_for_backward({x, weight});
    context->saved_data["bias"] = bias.numel() > 0;
    return out.view(shape);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor &x = saved[0], &weight = saved[1];
    auto shape = gradients[0].sizes().vec();
    const Tensor d = gradients[0].reshape({-1, shape.back()});
    shape.back() = x.size(1);
    return {torch::matmul(d, weight).view(shape), torch::matmul(d.t(), x),
            context->saved_data["bias"].toBool() ? d.sum(0) : Tensor()};
  }
};

}  // namespace

Tensor exact_linear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
  check_kernels(x);
  return ExactLinear::apply(x, weight, bias.defined() ? bias : x.new_empty({0}));
}

Tensor exact_attention(const Tensor& q_BHSE, const Tensor& k_BKSE, const Tensor& v_BKSE,
                       const PackedLayoutPtr& layout, double scale) {
  check_kernels(q_BHSE);
  return ExactAttention::apply(q_BHSE, k_BKSE, v_BKSE, opaque_tensor(layout), scale);
}

}  // namespace paperphone::agent
