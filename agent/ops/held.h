// Something that is no tensor, in an autograd graph: graphs hold tensors only, so this one
// shows its bytes and keeps it alive.
#pragma once

#include <memory>

#include "agent/ops/tensor.h"

namespace paperphone::agent {

template <class T>
torch::Tensor hold(const std::shared_ptr<const T>& thing) {
  void* const bytes = const_cast<T*>(thing.get());
  return torch::from_blob(bytes, {std::int64_t(sizeof(T))}, [thing](void*) {},
                          torch::kUInt8);
}

template <class T>
const T& held(const torch::Tensor& holder) {
  return *static_cast<const T*>(holder.data_ptr());
}

}  // namespace paperphone::agent
