// Something that is no tensor, in an autograd graph: graphs hold tensors only, so this
// one shows its bytes and keeps it alive.
#pragma once

#include <memory>

#include "agent/ops/tensor.h"

namespace paperphone::agent {

template <class T>
torch::Tensor opaque_tensor(const std::shared_ptr<const T>& thing) {
  void* const bytes = const_cast<T*>(thing.get());
  return torch::from_blob(
      bytes, {std::int64_t(sizeof(T))}, [thing](void*) {}, torch::kUInt8);
}

template <class T>
const T& opaque_value(const torch::Tensor& opaque) {
  return *static_cast<const T*>(opaque.data_ptr());
}

}  // namespace paperphone::agent
