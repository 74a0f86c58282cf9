// From tensors to the plain pointers of agent/kernels/kernels.h.
#pragma once

#include "agent/kernels/kernels.h"
#include "agent/ops/tensor.h"

namespace paperphone::agent {

inline bool has_kernels(const torch::Tensor& x) {
  return x.is_cpu() &&
         (x.scalar_type() == torch::kFloat32 || x.scalar_type() == torch::kBFloat16);
}

// Calls f with a null pointer of the element type. REQUIRES: has_kernels(x).
template <class F>
void dispatch_type(const torch::Tensor& x, F f) {
  if (x.scalar_type() == torch::kFloat32)
    f(static_cast<float*>(nullptr));
  else
    f(static_cast<kernels::Bf16*>(nullptr));
}

template <class T>
T* data(const torch::Tensor& x) {
  return static_cast<T*>(x.data_ptr());
}

}  // namespace paperphone::agent
