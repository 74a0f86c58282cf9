#include "agent/ops/packed_attention.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "agent/kernels/kernel_dispatch.h"
#include "agent/ops/flash_attention.h"
#include "agent/ops/fused.h"
#include "agent/ops/opaque_tensor.h"

namespace paperphone::agent {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// Scores of a query: `shared` of them against the prefix, `own` against its segment.
// (A prefix token's keys of its own prefix are "shared" ones.)
struct Visible {
  std::int64_t shared = 0;
  std::int64_t own = 0;
};

Visible of_prefix_query(const PackedLayout& layout, std::int64_t K, std::int64_t G,
                        std::int64_t row) {
  const std::int64_t b = row / (K * G * layout.P);
  const std::int64_t length = layout.prefix_lengths_B[std::size_t(b)];
  return {std::min(row % layout.P + 1, std::max<std::int64_t>(1, length)), 0};
}

Visible of_segment_query(const PackedLayout& layout, std::int64_t K, std::int64_t G,
                         std::int64_t row) {
  const std::int64_t b = row / (K * layout.M * G * layout.L);
  return {layout.prefix_lengths_B[std::size_t(b)], row % layout.L + 1};
}

// In place: scores become probabilities. shared [R, P], own [R, L] or of no columns.
template <class F>
void softmax_(const Tensor& shared, const Tensor& own, double scale, F visible) {
  const std::int64_t P = shared.size(-1), R = shared.numel() / P;
  const std::int64_t L = own.defined() ? own.size(-1) : 0;
  dispatch_type(shared, [&]<class T>(T*) {
    at::parallel_for(0, R, 128, [&](std::int64_t begin, std::int64_t end) {
      std::vector<float> scratch(std::size_t(P + L));
      for (std::int64_t r = begin; r < end; ++r) {
        const Visible v = visible(r);
        kernels::softmax_pair(data<T>(shared) + r * P, v.shared, P,
                              L > 0 ? data<T>(own) + r * L : nullptr, v.own, L,
                              float(scale), scratch.data());
      }
    });
  });
}

// In place: gradients of probabilities become those of scores.
void softmax_backward_(const Tensor& p_shared, const Tensor& d_shared,
                       const Tensor& p_own, const Tensor& d_own, double scale) {
  const std::int64_t P = p_shared.size(-1), R = p_shared.numel() / P;
  const std::int64_t L = p_own.defined() ? p_own.size(-1) : 0;
  dispatch_type(p_shared, [&]<class T>(T*) {
    at::parallel_for(0, R, 128, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t r = begin; r < end; ++r)
        kernels::softmax_pair_backward(
            data<T>(p_shared) + r * P, data<T>(d_shared) + r * P, P,
            L > 0 ? data<T>(p_own) + r * L : nullptr,
            L > 0 ? data<T>(d_own) + r * L : nullptr, L, float(scale));
    });
  });
}

Tensor scores(const Tensor& q, const Tensor& k) {
  return torch::bmm(q, k.transpose(1, 2)).contiguous();
}

struct PackedAttention : Function<PackedAttention> {
  static Tensor forward(AutogradContext* context, const Tensor& q_in,
                        const Tensor& k_in, const Tensor& v_in, const Tensor& opaque,
                        double scale) {
    const PackedLayout* layout = &opaque_value<PackedLayout>(opaque);
    const std::int64_t H = q_in.size(1), K = k_in.size(1), G = H / K, E = q_in.size(3);
    const Packed q = pack(q_in.contiguous(), K, *layout);
    const Packed k = pack(k_in.contiguous(), K, *layout);
    const Packed v = pack(v_in.contiguous(), K, *layout);
    const std::int64_t units = layout->B * K;
    const Tensor p_prefix = scores(q.prefix, k.prefix);
    softmax_(p_prefix, {}, scale,
             [&](std::int64_t row) { return of_prefix_query(*layout, K, G, row); });
    Packed out{torch::bmm(p_prefix, v.prefix), q.segments};
    Tensor p_shared = q.segments, p_own = q.segments;  // no rows
    if (layout->M > 0) {
      const Tensor q_unit = q.segments.view({units, -1, E});
      p_shared = scores(q_unit, k.prefix);
      p_own = scores(q.segments, k.segments);
      softmax_(p_shared, p_own, scale,
               [&](std::int64_t row) { return of_segment_query(*layout, K, G, row); });
      out.segments = torch::bmm(p_own, v.segments)
                         .add_(torch::bmm(p_shared, v.prefix).view(q.segments.sizes()));
    }
    context->saved_data["scale"] = scale;
    context->saved_data["heads"] = H;
    context->save_for_backward({q.prefix, q.segments, k.prefix, k.segments, v.prefix,
                                v.segments, p_prefix, p_shared, p_own, opaque});
    return unpack(out, H, K, *layout);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const Packed q{saved[0], saved[1]}, k{saved[2], saved[3]}, v{saved[4], saved[5]};
    const Tensor &p_prefix = saved[6], &p_shared = saved[7], &p_own = saved[8];
    const auto& layout = opaque_value<PackedLayout>(saved[9]);
    const double scale = context->saved_data["scale"].toDouble();
    const std::int64_t H = context->saved_data["heads"].toInt();
    const std::int64_t units = k.prefix.size(0), K = units / layout.B;
    const std::int64_t E = k.prefix.size(2);
    const Packed d = pack(gradients[0].contiguous(), K, layout);

    Packed dq, dk, dv;
    dv.prefix = torch::bmm(p_prefix.transpose(1, 2), d.prefix);
    const Tensor ds_prefix = scores(d.prefix, v.prefix);
    softmax_backward_(p_prefix, ds_prefix, {}, {}, scale);
    dq.prefix = torch::bmm(ds_prefix, k.prefix);
    dk.prefix = torch::bmm(ds_prefix.transpose(1, 2), q.prefix);
    dq.segments = q.segments;
    dk.segments = k.segments;
    dv.segments = v.segments;
    if (layout.M > 0) {
      const Tensor d_unit = d.segments.view({units, -1, E});
      const Tensor q_unit = q.segments.view({units, -1, E});
      dv.prefix.add_(torch::bmm(p_shared.transpose(1, 2), d_unit));
      dv.segments = torch::bmm(p_own.transpose(1, 2), d.segments);
      const Tensor ds_shared = scores(d_unit, v.prefix);
      const Tensor ds_own = scores(d.segments, v.segments);
      softmax_backward_(p_shared, ds_shared, p_own, ds_own, scale);
      dq.segments = torch::bmm(ds_own, k.segments)
                        .add_(torch::bmm(ds_shared, k.prefix).view(q.segments.sizes()));
      dk.prefix.add_(torch::bmm(ds_shared.transpose(1, 2), q_unit));
      dk.segments = torch::bmm(ds_own.transpose(1, 2), q.segments);
    }
    return {unpack(dq, H, K, layout), unpack(dk, K, K, layout),
            unpack(dv, K, K, layout), Tensor(), Tensor()};
  }
};

}  // namespace

Tensor dense_attention(const Tensor& q_BHSE, const Tensor& k_BKSE, const Tensor& v_BKSE,
                       const Tensor& mask_BSS, double scale) {
  const std::int64_t G = q_BHSE.size(1) / k_BKSE.size(1);
  return library_attention(q_BHSE, k_BKSE.repeat_interleave(G, 1),
                           v_BKSE.repeat_interleave(G, 1), mask_BSS.unsqueeze(1), scale);
}

Tensor packed_attention(const Tensor& q_BHSE, const Tensor& k_BKSE, const Tensor& v_BKSE,
                        const PackedLayoutPtr& layout, double scale) {
  if (!has_kernels(q_BHSE))
    return dense_attention(q_BHSE, k_BKSE, v_BKSE, layout->mask_BSS, scale);
  if (has_flash_attention(q_BHSE) && !layout->runs_B.empty())
    return flash_packed_attention(q_BHSE, k_BKSE, v_BKSE, layout, scale);
  return PackedAttention::apply(q_BHSE, k_BKSE, v_BKSE, opaque_tensor(layout), scale);
}

}  // namespace paperphone::agent
