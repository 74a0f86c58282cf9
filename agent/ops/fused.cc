#include "agent/ops/fused.h"

#include <ATen/Parallel.h>

#include "agent/kernels/kernel_dispatch.h"
#include "agent/ops/flash_attention.h"
#include "env/base/check.h"

namespace paperphone::agent {
namespace {

using kernels::Rows;
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// Rows of `width` values, shared out in pieces of about 32k values.
template <class F>
void for_rows(std::int64_t rows, std::int64_t width, F f) {
  const std::int64_t grain =
      std::max<std::int64_t>(1, 32768 / std::max<std::int64_t>(1, width));
  at::parallel_for(0, rows, grain, [&](std::int64_t begin, std::int64_t end) {
    f(Rows{begin, end});
  });
}

// Sums over rows are taken in fixed pieces: the same for any number of threads.
constexpr std::int64_t kPiece = 512;
std::int64_t pieces_of(std::int64_t rows) { return (rows + kPiece - 1) / kPiece; }
// f(number of the piece, its rows)
template <class F>
void for_pieces(std::int64_t rows, F f) {
  at::parallel_for(0, pieces_of(rows), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      f(i, Rows{i * kPiece, std::min(rows, (i + 1) * kPiece)});
  });
}

// ---- norm -------------------------------------------------------------------

struct RmsNormStep : Function<RmsNormStep> {
  static Tensor forward(AutogradContext* context, const Tensor& x_in,
                        const Tensor& weight_in, double eps) {
    const Tensor x = x_in.contiguous();
    const Tensor weight = weight_in.to(torch::kFloat32).contiguous();
    const std::int64_t D = x.size(-1), R = x.numel() / D;
    const Tensor out = torch::empty_like(x);
    const Tensor inverse = torch::empty({R}, torch::kFloat32);
    dispatch_type(x, [&]<class T>(T*) {
      for_rows(R, D, [&](Rows rows) {
        kernels::rms_norm(data<T>(x), data<float>(weight), data<T>(out),
                          data<float>(inverse), D, float(eps), rows);
      });
    });
    context->save_for_backward({x, weight_in, inverse});
    return out;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor &x = saved[0], &inverse = saved[2];
    const Tensor weight = saved[1].to(torch::kFloat32).contiguous();
    const Tensor dy = gradients[0].contiguous();
    const std::int64_t D = x.size(-1), R = x.numel() / D;
    const Tensor dx = torch::empty_like(x);
    const Tensor partial = torch::zeros({pieces_of(R), D}, torch::kFloat32);
    dispatch_type(x, [&]<class T>(T*) {
      for_pieces(R, [&](std::int64_t i, Rows rows) {
        kernels::rms_norm_backward(data<T>(dy), data<T>(x), data<float>(weight),
                                   data<float>(inverse), data<T>(dx),
                                   data<float>(partial) + i * D, D, rows);
      });
    });
    return {dx, partial.sum(0).to(saved[1].scalar_type()), Tensor()};
  }
};

// ---- gate -------------------------------------------------------------------

struct SwigluStep : Function<SwigluStep> {
  static Tensor forward(AutogradContext* context, const Tensor& gate_in,
                        const Tensor& up_in, const Tensor& gate_bias,
                        const Tensor& up_bias) {
    const Tensor gate = gate_in.contiguous(), up = up_in.contiguous();
    const Tensor out = torch::empty_like(gate);
    const Tensor of_gate = as_floats(gate_bias), of_up = as_floats(up_bias);
    const std::int64_t D = gate.size(-1);
    dispatch_type(gate, [&]<class T>(T*) {
      for_rows(gate.numel() / D, D, [&](Rows rows) {
        kernels::swiglu(data<T>(gate), data<T>(up), data<float>(of_gate),
                        data<float>(of_up), data<T>(out), D, rows);
      });
    });
    context->save_for_backward({gate, up, gate_bias, up_bias});
    return out;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor &gate = saved[0], &up = saved[1];
    const Tensor gate_bias = as_floats(saved[2]), up_bias = as_floats(saved[3]);
    const Tensor dy = gradients[0].contiguous();
    const Tensor dgate = torch::empty_like(dy), dup = torch::empty_like(dy);
    const std::int64_t D = dy.size(-1), R = dy.numel() / D;
    const Tensor partial = torch::zeros({pieces_of(R), 2, D}, torch::kFloat32);
    dispatch_type(dy, [&]<class T>(T*) {
      for_pieces(R, [&](std::int64_t i, Rows rows) {
        float* const sums = data<float>(partial) + i * 2 * D;
        kernels::swiglu_backward(data<T>(dy), data<T>(gate), data<T>(up),
                                 data<float>(gate_bias), data<float>(up_bias),
                                 data<T>(dgate), data<T>(dup), sums, sums + D, D, rows);
      });
    });
    const Tensor sums = partial.sum(0);
    return {dgate, dup, sums[0].to(saved[2].scalar_type()),
            sums[1].to(saved[3].scalar_type())};
  }

 private:
  static Tensor as_floats(const Tensor& bias) {
    return bias.to(torch::kFloat32).contiguous();
  }
};

struct GeluStep : Function<GeluStep> {
  static Tensor forward(AutogradContext* context, const Tensor& x_in) {
    const Tensor x = x_in.contiguous(), out = torch::empty_like(x);
    for_rows(x.numel(), 1, [&](Rows values) {
      kernels::gelu(data<kernels::Bf16>(x), data<kernels::Bf16>(out), values);
    });
    context->save_for_backward({x});
    return out;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const Tensor x = context->get_saved_variables()[0];
    const Tensor dy = gradients[0].contiguous(), dx = torch::empty_like(x);
    for_rows(x.numel(), 1, [&](Rows values) {
      kernels::gelu_backward(data<kernels::Bf16>(dy), data<kernels::Bf16>(x),
                             data<kernels::Bf16>(dx), values);
    });
    return {dx};
  }
};

// ---- heads ------------------------------------------------------------------

enum class Direction : std::uint8_t { kSplit, kMerge };

// Moves (and turns) between rows [B * S, stride] and heads [B, H, S, E].
template <class T>
void move_heads(Direction direction, T* rows_data, std::int64_t row_stride,
                T* heads_data, std::int64_t B, std::int64_t H, std::int64_t S,
                std::int64_t E, const RotaryTables* rotary, float sign) {
  const kernels::HeadStrides in_rows{row_stride, E}, in_heads{E, S * E};
  const std::int64_t half = E / 2;
  for (std::int64_t b = 0; b < B; ++b) {
    T* rows_b = rows_data + b * S * row_stride;
    T* heads_b = heads_data + b * H * S * E;
    const float* cos =
        rotary != nullptr ? data<float>(rotary->cos_RE) + b * S * half : nullptr;
    const float* sin =
        rotary != nullptr ? data<float>(rotary->sin_RE) + b * S * half : nullptr;
    for_rows(S, H * E, [&](Rows rows) {
      if (direction == Direction::kSplit)
        kernels::apply_rotary<T>(rows_b, in_rows, cos, sin, sign, heads_b, in_heads, H,
                                 E, rows);
      else
        kernels::apply_rotary<T>(heads_b, in_heads, cos, sin, sign, rows_b, in_rows, H,
                                 E, rows);
    });
  }
}

struct SplitHeadsStep : Function<SplitHeadsStep> {
  static variable_list forward(AutogradContext* context, const Tensor& x_in,
                               std::int64_t B, std::int64_t H,
                               const std::vector<std::int64_t>& rotated,
                               const Tensor& cos, const Tensor& sin) {
    const Tensor x = x_in.contiguous();
    const auto parts = std::int64_t(rotated.size());
    const std::int64_t S = x.size(0) / B, E = x.size(1) / (parts * H);
    const RotaryTables rotary{cos, sin};
    variable_list out;
    for (std::int64_t i = 0; i < parts; ++i) {
      out.push_back(torch::empty({B, H, S, E}, x.options()));
      dispatch_type(x, [&]<class T>(T*) {
        move_heads<T>(Direction::kSplit, data<T>(x) + i * H * E, x.size(1),
                      data<T>(out.back()), B, H, S, E,
                      rotated[std::size_t(i)] ? &rotary : nullptr, 1.0f);
      });
    }
    context->saved_data["rotated"] = rotated;
    context->save_for_backward({cos, sin});
    return out;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto rotated = context->saved_data["rotated"].toIntVector();
    const auto saved = context->get_saved_variables();
    const RotaryTables rotary{saved[0], saved[1]};
    const auto parts = std::int64_t(rotated.size());
    const auto first = gradients[0].sizes().vec();
    const std::int64_t B = first[0], H = first[1], S = first[2], E = first[3];
    const Tensor dx = torch::empty({B * S, parts * H * E}, gradients[0].options());
    for (std::int64_t i = 0; i < parts; ++i) {
      const Tensor d = gradients[std::size_t(i)].contiguous();
      dispatch_type(d, [&]<class T>(T*) {
        move_heads<T>(Direction::kMerge, data<T>(dx) + i * H * E, parts * H * E,
                      data<T>(d), B, H, S, E,
                      rotated[std::size_t(i)] ? &rotary : nullptr, -1.0f);
      });
    }
    return {dx, Tensor(), Tensor(), Tensor(), Tensor(), Tensor()};
  }
};

struct MergeHeadsStep : Function<MergeHeadsStep> {
  static Tensor forward(AutogradContext* context, const Tensor& x_in) {
    const Tensor x = x_in.contiguous();
    const std::int64_t B = x.size(0), H = x.size(1), S = x.size(2), E = x.size(3);
    context->saved_data["shape"] = x.sizes().vec();
    const Tensor out = torch::empty({B * S, H * E}, x.options());
    dispatch_type(x, [&]<class T>(T*) {
      move_heads<T>(Direction::kMerge, data<T>(out), H * E, data<T>(x), B, H, S, E,
                    nullptr, 1.0f);
    });
    return out;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto shape = context->saved_data["shape"].toIntVector();
    const Tensor d = gradients[0].contiguous();
    const Tensor dx = torch::empty(shape, d.options());
    dispatch_type(d, [&]<class T>(T*) {
      move_heads<T>(Direction::kSplit, data<T>(d), d.size(1), data<T>(dx), shape[0],
                    shape[1], shape[2], shape[3], nullptr, 1.0f);
    });
    return {dx};
  }
};

// ---- attention --------------------------------------------------------------

// In place: scores [n, Q, K] become probabilities.
void softmax_(const Tensor& scores, double scale) {
  const std::int64_t K = scores.size(2);
  dispatch_type(scores, [&]<class T>(T*) {
    for_rows(scores.numel() / K, K, [&](Rows rows) {
      std::vector<float> scratch(K);
      for (std::int64_t r = rows.begin; r < rows.end; ++r)
        kernels::softmax_pair<T>(data<T>(scores) + r * K, K, K, nullptr, 0, 0,
                                 float(scale), scratch.data());
    });
  });
}

struct FullAttentionStep : Function<FullAttentionStep> {
  static Tensor forward(AutogradContext* context, const Tensor& q, const Tensor& k,
                        const Tensor& v, double scale) {
    const Tensor p = torch::bmm(q, k.transpose(1, 2)).contiguous();
    softmax_(p, scale);
    context->saved_data["scale"] = scale;
    context->save_for_backward({q, k, v, p});
    return torch::bmm(p, v);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor &q = saved[0], &k = saved[1], &v = saved[2], &p = saved[3];
    const double scale = context->saved_data["scale"].toDouble();
    const Tensor dy = gradients[0].contiguous();
    const Tensor dv = torch::bmm(p.transpose(1, 2), dy);
    const Tensor ds = torch::bmm(dy, v.transpose(1, 2)).contiguous();  // first dp
    const std::int64_t K = p.size(2);
    dispatch_type(p, [&]<class T>(T*) {
      for_rows(p.numel() / K, K, [&](Rows rows) {
        for (std::int64_t r = rows.begin; r < rows.end; ++r)
          kernels::softmax_pair_backward<T>(data<T>(p) + r * K, data<T>(ds) + r * K, K,
                                            nullptr, nullptr, 0, float(scale));
      });
    });
    return {torch::bmm(ds, k), torch::bmm(ds.transpose(1, 2), q), dv, Tensor()};
  }
};

}  // namespace

// Each step: the kernels where there are some, else what they mean.

Tensor rms_norm(const Tensor& x_RD, const Tensor& weight_D, double eps) {
  if (has_kernels(x_RD)) return RmsNormStep::apply(x_RD, weight_D, eps);
  const auto x = x_RD.to(torch::kFloat32);
  const auto scale = torch::rsqrt(x.square().mean(-1, true) + eps);
  return (x * scale).to(x_RD.scalar_type()) * weight_D.to(x_RD.scalar_type());
}

Tensor swiglu(const Tensor& gate, const Tensor& up, const Tensor& gate_bias,
              const Tensor& up_bias) {
  CHECK_EQ(gate_bias.defined(), up_bias.defined());
  if (has_kernels(gate)) {
    if (gate_bias.defined()) return SwigluStep::apply(gate, up, gate_bias, up_bias);
    const Tensor none = torch::zeros({gate.size(-1)}, torch::kFloat32);
    return SwigluStep::apply(gate, up, none, none);
  }
  if (!gate_bias.defined()) return torch::silu(gate) * up;
  const auto type = gate.scalar_type();
  return torch::silu(gate + gate_bias.to(type)) * (up + up_bias.to(type));
}

Tensor gelu(const Tensor& x) {
  if (has_kernels(x) && x.scalar_type() == torch::kBFloat16) return GeluStep::apply(x);
  return torch::gelu(x);
}

std::vector<Tensor> split_heads(const Tensor& x, std::int64_t B, std::int64_t H,
                                const std::vector<Rotary>& parts,
                                const RotaryTables& rotary) {
  std::vector<std::int64_t> rotated;
  for (Rotary part : parts) rotated.push_back(part == Rotary::kApply);
  const Tensor none = torch::empty({0}, torch::kFloat32);
  const bool any = rotary.cos_RE.defined();
  if (has_kernels(x))
    return SplitHeadsStep::apply(x, B, H, rotated, any ? rotary.cos_RE : none,
                                 any ? rotary.sin_RE : none);
  std::vector<Tensor> out;
  const std::int64_t R = x.size(0);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto part = x.chunk(std::int64_t(parts.size()), 1)[i].reshape({R, H, -1});
    if (rotated[i]) {
      const auto halves = part.to(torch::kFloat32).chunk(2, -1);
      const auto cos = rotary.cos_RE.unsqueeze(1), sin = rotary.sin_RE.unsqueeze(1);
      part = torch::cat(
                 {halves[0] * cos - halves[1] * sin, halves[1] * cos + halves[0] * sin},
                 -1)
                 .to(x.scalar_type());
    }
    out.push_back(part.view({B, R / B, H, -1}).transpose(1, 2).contiguous());
  }
  return out;
}

Tensor merge_heads(const Tensor& x_BHSE) {
  if (has_kernels(x_BHSE)) return MergeHeadsStep::apply(x_BHSE);
  const std::int64_t B = x_BHSE.size(0), H = x_BHSE.size(1), S = x_BHSE.size(2);
  return x_BHSE.transpose(1, 2).reshape({B * S, H * x_BHSE.size(3)});
}

Tensor pixel_unshuffle(const Tensor& patches_NP, const PatchStack& stack,
                       torch::ScalarType type) {
  const auto [F, h, w, m, p] = stack;
  const std::int64_t s = p / 4;
  const auto options = patches_NP.options().dtype(type);
  const Tensor out = torch::empty({F, h * s, w * s, 48}, options);
  if (!has_kernels(out) || patches_NP.scalar_type() != torch::kFloat32)
    return patches_NP.to(type)
        .view({F, h / m, w / m, m, m, 3, s, 4, s, 4})
        .permute({0, 1, 3, 6, 2, 4, 8, 5, 7, 9})
        .reshape(out.sizes());
  const Tensor patches = patches_NP.contiguous();
  std::vector<std::int64_t> offsets;
  for (std::int64_t f = 0; f < F; ++f)
    for (std::int64_t i = 0; i < h; i += m)
      for (std::int64_t j = 0; j < w; j += m)
        for (std::int64_t row = i; row < i + m; ++row)
          for (std::int64_t column = j; column < j + m; ++column)
            offsets.push_back((((f * h + row) * s) * w + column) * s * 48);
  CHECK_EQ(std::int64_t(offsets.size()), patches.size(0));
  dispatch_type(out, [&]<class T>(T*) {
    for_rows(patches.size(0), patches.size(1), [&](Rows rows) {
      kernels::pixel_unshuffle(data<float>(patches), s, data<T>(out), w * s * 48,
                               offsets.data(), rows);
    });
  });
  return out;
}

Tensor full_attention(const Tensor& q, const Tensor& k, const Tensor& v, double scale) {
  if (has_flash_attention(q)) return flash_attention(q, k, v, scale);
  if (has_kernels(q)) return FullAttentionStep::apply(q, k, v, scale);
  return library_attention(q.unsqueeze(0), k.unsqueeze(0), v.unsqueeze(0), {}, scale)
      .squeeze(0);
}

Tensor library_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                         const Tensor& mask, double scale) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1)
  if (!mask.defined())
    return at::scaled_dot_product_attention(q, k, v, {}, 0.0, false, scale);
  return at::scaled_dot_product_attention(q, k, v, mask.to(q.scalar_type()), 0.0, false,
                                          scale);
#else
  auto scores = torch::matmul(q, k.transpose(-2, -1)).to(torch::kFloat32) * scale;
  if (mask.defined()) scores = scores + mask;
  return torch::matmul(torch::softmax(scores, -1).to(v.scalar_type()), v);
#endif
}

}  // namespace paperphone::agent
