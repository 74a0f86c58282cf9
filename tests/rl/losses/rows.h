// Tensors as tests write them down.
#pragma once

#include <functional>
#include <vector>

#include "agent/ops/tensor.h"

namespace paperphone::rl::testing {

// [N, T] float32 from N rows of equal length.
inline torch::Tensor rows(const std::vector<std::vector<float>>& values) {
  std::vector<float> flat;
  for (const auto& row : values) flat.insert(flat.end(), row.begin(), row.end());
  return torch::tensor(flat).view({std::int64_t(values.size()), -1});
}

// The slope of `value` at `start` (float64) along each of its numbers.
inline torch::Tensor slopes(const std::function<double(const torch::Tensor&)>& value,
                            const torch::Tensor& start) {
  const double h = 1e-6;
  torch::Tensor slope = torch::zeros_like(start);
  for (std::int64_t i = 0; i < start.numel(); ++i) {
    torch::Tensor up = start.clone(), down = start.clone();
    up.view(-1)[i] += h;
    down.view(-1)[i] -= h;
    slope.view(-1)[i] = (value(up) - value(down)) / (2 * h);
  }
  return slope;
}

}  // namespace paperphone::rl::testing
