// Whether weights are still those that something was computed from.
#pragma once

#include <cstdint>
#include <vector>

#include "agent/ops/tensor.h"
#include "env/base/hash.h"

namespace paperphone::agent {

// Changes whenever a parameter is updated in place or replaced: of addresses and versions,
// not of values, so it costs nothing and means nothing outside this process.
inline Hasher weights_state(const std::vector<torch::Tensor>& parameters) {
  Hasher state;
  for (const torch::Tensor& p : parameters)
    state.add(reinterpret_cast<std::uintptr_t>(p.data_ptr())).add(p._version());
  return state;
}

}  // namespace paperphone::agent
