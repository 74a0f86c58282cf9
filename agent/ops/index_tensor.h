// Ids and places as a tensor. They are made in the CPU's memory and meet parameters that
// may be elsewhere: whoever makes some says where they are needed.
#pragma once

#include <vector>

#include "agent/ops/tensor.h"

namespace paperphone::agent {

inline torch::Tensor index_tensor(const std::vector<std::int64_t>& values,
                                  torch::Device device = torch::kCPU) {
  return torch::tensor(values, torch::kInt64).to(device);
}

}  // namespace paperphone::agent
