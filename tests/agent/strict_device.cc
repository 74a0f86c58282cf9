#include "tests/agent/strict_device.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

namespace {

using torch::Tensor;

constexpr auto kStrict = c10::DeviceType::PAPERPHONE_STRICT_DEVICE;
constexpr auto kStrictKey = c10::DispatchKey::PAPERPHONE_STRICT_DEVICE;

bool is_strict(const Tensor& x) { return x.defined() && x.device().type() == kStrict; }

const void* memory_of(const Tensor& x) { return x.storage().data(); }

// The same memory as a tensor of another device; keeps `x` alive.
Tensor relabelled(const Tensor& x, torch::Device device, c10::DispatchKey key) {
  auto* const kept = new Tensor(x);
  c10::DataPtr memory(const_cast<void*>(memory_of(x)), kept,
                      [](void* tensor) { delete static_cast<Tensor*>(tensor); }, device);
  c10::Storage storage(c10::Storage::use_byte_size_t(), x.storage().nbytes(),
                       std::move(memory), nullptr, false);
  Tensor out = at::detail::make_tensor<c10::TensorImpl>(
      std::move(storage), c10::DispatchKeySet(key), x.dtype());
  out.unsafeGetTensorImpl()->set_sizes_and_strides(x.sizes(), x.strides(),
                                                   x.storage_offset());
  return out;
}

// One call of an operator on its way to the CPU and back.
class Detour {
 public:
  Detour(const c10::OperatorHandle& op, bool may_mix)
      : name_(op.schema().name()), may_mix_(may_mix) {}

  c10::IValue to_cpu(const c10::IValue& value) {
    if (value.isDevice() && value.toDevice().type() == kStrict) {
      strict_ = true;
      return torch::Device(torch::kCPU);
    }
    if (value.isTensor()) return to_cpu(value.toTensor());
    if (value.isTensorList()) {
      c10::List<Tensor> list;
      for (const Tensor& x : value.toTensorVector()) list.push_back(to_cpu(x));
      return list;
    }
    if (value.isOptionalTensorList()) {
      const auto given = value.toOptionalTensorVector();
      c10::List<typename std::decay_t<decltype(given)>::value_type> list;
      for (const auto& x : given)
        x ? list.push_back(to_cpu(*x)) : list.push_back({});
      return list;
    }
    return value;
  }

  c10::IValue from_cpu(const c10::IValue& value) {
    if (value.isTensor()) return from_cpu(value.toTensor());
    if (value.isTensorList()) {
      c10::List<Tensor> list;
      for (const Tensor& x : value.toTensorVector()) list.push_back(from_cpu(x));
      return list;
    }
    return value;
  }

  void check() const {
    TORCH_CHECK(may_mix_ || !(strict_ && cpu_), name_,
                ": tensors on the CPU and on another device");
  }

 private:
  Tensor to_cpu(const Tensor& x) {
    if (!x.defined()) return x;
    if (!is_strict(x)) {
      cpu_ |= x.dim() > 0;  // numbers may come from anywhere
      return x;
    }
    strict_ = true;
    given_.push_back(x);
    lent_.push_back(relabelled(x, torch::kCPU, c10::DispatchKey::CPU));
    return lent_.back();
  }

  // An argument that was written to is itself, a view of one shares its memory, anything
  // else is new.
  Tensor from_cpu(const Tensor& y) {
    if (!y.defined()) return y;
    for (std::size_t i = 0; i < lent_.size(); ++i)
      if (y.is_same(lent_[i])) {
        TORCH_CHECK(y.sizes() == given_[i].sizes(), name_, ": resizes its argument");
        return given_[i];
      }
    for (std::size_t i = 0; i < lent_.size(); ++i)
      if (y.numel() > 0 && memory_of(y) == memory_of(lent_[i])) {
        Tensor view = at::detail::make_tensor<c10::TensorImpl>(
            c10::TensorImpl::VIEW, c10::Storage(given_[i].storage()),
            given_[i].unsafeGetTensorImpl()->key_set(), y.dtype());
        view.unsafeGetTensorImpl()->set_sizes_and_strides(y.sizes(), y.strides(),
                                                          y.storage_offset());
        return view;
      }
    return strict_ && !may_mix_
               ? relabelled(y, paperphone::agent::testing::strict_device(),
                            kStrictKey)
               : y;
  }

  std::string name_;
  bool may_mix_;
  bool strict_ = false, cpu_ = false;
  std::vector<Tensor> given_, lent_;
};

void call(const c10::OperatorHandle& asked, const c10::OperatorHandle& run, bool may_mix,
          torch::jit::Stack* stack) {
  Detour detour(asked, may_mix);
  for (c10::IValue& value : *stack) value = detour.to_cpu(value);
  detour.check();
  run.callBoxed(stack);
  for (c10::IValue& value : *stack) value = detour.from_cpu(value);
}

void any(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
  call(op, op, op.schema().name() == "aten::copy_", stack);
}

// Convolutions of unknown devices go through operators of their own.
void convolution(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
  call(op, c10::Dispatcher::singleton().findSchemaOrThrow("aten::convolution", ""), false,
       stack);
}

void convolution_backward(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
  const std::int64_t channels = (*stack)[0].toTensor().size(1);
  stack->insert(stack->begin() + 3, c10::IValue(std::vector<std::int64_t>{channels}));
  call(op, c10::Dispatcher::singleton().findSchemaOrThrow("aten::convolution_backward", ""),
       false, stack);
}

using Guard = c10::impl::NoOpDeviceGuardImpl<kStrict>;

}  // namespace

namespace at {
C10_REGISTER_GUARD_IMPL(PAPERPHONE_STRICT_DEVICE, Guard);
}  // namespace at

TORCH_LIBRARY_IMPL(_, PAPERPHONE_STRICT_DEVICE, library) {
  library.fallback(torch::CppFunction::makeFromBoxedFunction<&any>());
}

// What has a way of its own, which the fallback does not replace.
TORCH_LIBRARY_IMPL(aten, PAPERPHONE_STRICT_DEVICE, library) {
  library.impl("copy_", torch::CppFunction::makeFromBoxedFunction<&any>());
  library.impl("convolution_overrideable",
               torch::CppFunction::makeFromBoxedFunction<&convolution>());
  library.impl("convolution_backward_overrideable",
               torch::CppFunction::makeFromBoxedFunction<&convolution_backward>());
}
