#include "agent/packed_attention.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>

#include "agent/fused.h"
#include "agent/held.h"
#include "agent/kernel_dispatch.h"
#include "env/check.h"

namespace paperphone {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// Added to scores: far below any real one, but finite, so that no row is NaN.
constexpr float kHidden = -1e9f;

// Heads cut into prefix and segments: of one key head with its G query heads (G = 1 for
// keys and values) prefix [B * K, G * P, E] and segments [B * K * M, G * L, E].
struct Packed {
  Tensor prefix, segments;
};

Packed empty_packed(const Tensor& like_BHSE, std::int64_t K, const PackedLayout& layout) {
  const std::int64_t B = layout.B, G = like_BHSE.size(1) / K, E = like_BHSE.size(3);
  return {torch::empty({B * K, G * layout.P, E}, like_BHSE.options()),
          torch::empty({B * K * layout.M, G * layout.L, E}, like_BHSE.options())};
}

// Calls f(row of [B, H, S, E] or -1, its place's row) for every place of head h of
// sequence b.
template <class F>
void for_places(const PackedLayout& layout, std::int64_t K, std::int64_t G,
                std::int64_t b, std::int64_t h, F f) {
  const std::int64_t P = layout.P, M = layout.M, L = layout.L, S = layout.S;
  const std::int64_t unit = b * K + h / G, g = h % G, rows = (b * K * G + h) * S;
  const std::int32_t* position = layout.position_of_place.data() + b * (P + M * L);
  for (std::int64_t p = 0; p < P; ++p, ++position)
    f(*position < 0 ? -1 : rows + *position, true, (unit * G + g) * P + p);
  for (std::int64_t m = 0; m < M; ++m)
    for (std::int64_t l = 0; l < L; ++l, ++position)
      f(*position < 0 ? -1 : rows + *position, false,
        ((unit * M + m) * G + g) * L + l);
}

Packed pack(const Tensor& x_BHSE, std::int64_t K, const PackedLayout& layout) {
  const Packed out = empty_packed(x_BHSE, K, layout);
  const std::int64_t H = x_BHSE.size(1), E = x_BHSE.size(3);
  with_type(x_BHSE, [&]<class T>(T*) {
    const T* from = data<T>(x_BHSE);
    T* const to[2] = {data<T>(out.segments), data<T>(out.prefix)};
    at::parallel_for(0, layout.B * H, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i)
        for_places(layout, K, H / K, i / H, i % H,
                   [&](std::int64_t row, bool prefix, std::int64_t place) {
                     T* const target = to[prefix] + place * E;
                     if (row < 0)
                       std::fill_n(target, E, T{});
                     else
                       std::memcpy(target, from + row * E, std::size_t(E) * sizeof(T));
                   });
    });
  });
  return out;
}

// The inverse of pack(); padding becomes zero.
Tensor unpack(const Packed& x, std::int64_t H, std::int64_t K,
              const PackedLayout& layout) {
  const std::int64_t E = x.prefix.size(2);
  const Tensor out = torch::zeros({layout.B, H, layout.S, E}, x.prefix.options());
  with_type(out, [&]<class T>(T*) {
    T* const to = data<T>(out);
    const T* const from[2] = {data<T>(x.segments), data<T>(x.prefix)};
    at::parallel_for(0, layout.B * H, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i)
        for_places(layout, K, H / K, i / H, i % H,
                   [&](std::int64_t row, bool prefix, std::int64_t place) {
                     if (row >= 0)
                       std::memcpy(to + row * E, from[prefix] + place * E,
                                   std::size_t(E) * sizeof(T));
                   });
    });
  });
  return out;
}

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
  with_type(shared, [&]<class T>(T*) {
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
  with_type(p_shared, [&]<class T>(T*) {
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
  static Tensor forward(AutogradContext* context, const Tensor& q_in, const Tensor& k_in,
                        const Tensor& v_in, const Tensor& holder, double scale) {
    const PackedLayout* layout = &held<PackedLayout>(holder);
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
                                v.segments, p_prefix, p_shared, p_own, holder});
    return unpack(out, H, K, *layout);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const Packed q{saved[0], saved[1]}, k{saved[2], saved[3]}, v{saved[4], saved[5]};
    const Tensor &p_prefix = saved[6], &p_shared = saved[7], &p_own = saved[8];
    const auto& layout = held<PackedLayout>(saved[9]);
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

PackedLayoutPtr make_packed_layout(const Tensor& segments_in, const Tensor& x) {
  const auto made = std::make_shared<PackedLayout>();
  PackedLayout& layout = *made;
  const Tensor segments_BS = segments_in.contiguous();
  if (!has_kernels(x)) {
    layout.mask_BSS = attention_mask(segments_BS).to(x.device());
    return made;
  }
  layout.B = segments_BS.size(0);
  layout.S = segments_BS.size(1);
  const auto* ids = segments_BS.data_ptr<std::int64_t>();
  // positions[b][i]: of the prefix (0) and of each segment.
  std::vector<std::vector<std::vector<std::int32_t>>> positions(std::size_t(layout.B));
  for (std::int64_t b = 0; b < layout.B; ++b) {
    auto& row = positions[std::size_t(b)];
    row.resize(1);
    for (std::int64_t s = 0; s < layout.S; ++s) {
      const std::int64_t number = ids[b * layout.S + s];
      if (number < 0) continue;
      CHECK_TRUE(number + 1 >= std::int64_t(row.size()));
      row.resize(std::max(row.size(), std::size_t(number) + 1));
      row[std::size_t(number)].push_back(std::int32_t(s));
    }
    layout.prefix_lengths_B.push_back(int(row[0].size()));
    layout.P = std::max(layout.P, std::int64_t(row[0].size()));
    layout.M = std::max(layout.M, std::int64_t(row.size()) - 1);
    for (std::size_t m = 1; m < row.size(); ++m)
      layout.L = std::max(layout.L, std::int64_t(row[m].size()));
  }
  layout.P = std::max<std::int64_t>(layout.P, 1);
  const std::int64_t places = layout.P + layout.M * layout.L;
  layout.position_of_place.assign(std::size_t(layout.B * places), -1);
  for (std::int64_t b = 0; b < layout.B; ++b) {
    const auto& row = positions[std::size_t(b)];
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::int64_t first =
          i == 0 ? 0 : layout.P + (std::int64_t(i) - 1) * layout.L;
      std::copy(row[i].begin(), row[i].end(),
                layout.position_of_place.begin() + b * places + first);
    }
  }
  return made;
}

Tensor attention_mask(const Tensor& segments_BS) {
  const std::int64_t S = segments_BS.size(1);
  const auto query = segments_BS.unsqueeze(2), key = segments_BS.unsqueeze(1);
  const auto causal = torch::ones({S, S}, torch::kBool).tril();
  const auto visible = ((key == 0) | (key == query)) & causal;
  return torch::where(visible, torch::zeros({}, torch::kFloat32),
                      torch::full({}, kHidden, torch::kFloat32));
}

Tensor plain_attention(const Tensor& q_BHSE, const Tensor& k_BKSE, const Tensor& v_BKSE,
                       const Tensor& mask_BSS, double scale) {
  const std::int64_t G = q_BHSE.size(1) / k_BKSE.size(1);
  return library_attention(q_BHSE, k_BKSE.repeat_interleave(G, 1),
                           v_BKSE.repeat_interleave(G, 1), mask_BSS.unsqueeze(1), scale);
}

Tensor packed_attention(const Tensor& q_BHSE, const Tensor& k_BKSE, const Tensor& v_BKSE,
                        const PackedLayoutPtr& layout, double scale) {
  if (!has_kernels(q_BHSE))
    return plain_attention(q_BHSE, k_BKSE, v_BKSE, layout->mask_BSS, scale);
  return PackedAttention::apply(q_BHSE, k_BKSE, v_BKSE, hold(layout), scale);
}

}  // namespace paperphone
