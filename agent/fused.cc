#include "agent/fused.h"

#include "env/check.h"

namespace paperphone {

torch::Tensor rms_norm(const torch::Tensor& x_RD, const torch::Tensor& weight_D,
                       double eps) {
  const auto x = x_RD.to(torch::kFloat32);
  const auto scale = torch::rsqrt(x.square().mean(-1, true) + eps);
  return (x * scale).to(x_RD.scalar_type()) * weight_D.to(x_RD.scalar_type());
}

torch::Tensor rotate(const torch::Tensor& x_RHE, const torch::Tensor& cos_RE,
                     const torch::Tensor& sin_RE) {
  const auto halves = x_RHE.to(torch::kFloat32).chunk(2, -1);
  const auto cos = cos_RE.unsqueeze(1), sin = sin_RE.unsqueeze(1);
  return torch::cat({halves[0] * cos - halves[1] * sin,
                     halves[1] * cos + halves[0] * sin},
                    -1)
      .to(x_RHE.scalar_type());
}

torch::Tensor swiglu(const torch::Tensor& gate, const torch::Tensor& up) {
  return torch::silu(gate) * up;
}

torch::Tensor masked_softmax(const torch::Tensor& scores, const torch::Tensor& mask_BQK,
                             double scale) {
  auto s = scores.to(torch::kFloat32) * scale;
  if (mask_BQK.defined()) {
    auto mask = mask_BQK;
    while (mask.dim() < s.dim()) mask = mask.unsqueeze(1);
    s = s + mask;
  }
  return torch::softmax(s, -1).to(scores.scalar_type());
}

}  // namespace paperphone
