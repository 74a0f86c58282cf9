#include "rl/optimizer/muon.h"

#include <algorithm>
#include <cmath>

namespace paperphone::rl {

torch::Tensor orthogonalize(const torch::Tensor& matrix_RC) {
  // The quintic whose repeated use moves every value of (0, 1] near 1 quickly.
  constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
  const bool tall = matrix_RC.size(0) > matrix_RC.size(1);
  torch::Tensor x = tall ? matrix_RC.t() : matrix_RC;
  x = (x / (x.norm() + 1e-7)).to(torch::kBFloat16).contiguous();
  for (int i = 0; i < 5; ++i) {
    const torch::Tensor gram = torch::mm(x, x.t());
    const torch::Tensor mix = b * gram + c * torch::mm(gram, gram);
    x = a * x + torch::mm(mix, x);
  }
  x = x.to(torch::kFloat32);
  return tall ? x.t() : x;
}

torch::Tensor muon_direction(const torch::Tensor& momentum) {
  const torch::Tensor flat = momentum.flatten(1);
  const double size = double(std::max(flat.size(0), flat.size(1)));
  return (0.2 * std::sqrt(size) * orthogonalize(flat)).reshape(momentum.sizes());
}

bool is_hidden_matrix(const std::string& name, const torch::Tensor& parameter) {
  if (parameter.dim() < 2) return false;
  for (const char* table : {"embed_tokens", "lm_head", "paperphone_rows",
                            "paperphone_columns", "heads."})
    if (name.find(table) != std::string::npos) return false;
  return true;
}

}  // namespace paperphone::rl
