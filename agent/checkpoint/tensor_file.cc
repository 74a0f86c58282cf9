#include "agent/checkpoint/tensor_file.h"

#include "env/base/check.h"

namespace paperphone::agent {
namespace {

torch::ScalarType scalar_of(TensorType type) {
  switch (type) {
    case TensorType::kF32:
      return torch::kFloat32;
    case TensorType::kF16:
      return torch::kFloat16;
    case TensorType::kBF16:
      return torch::kBFloat16;
    case TensorType::kF64:
      return torch::kFloat64;
    case TensorType::kI64:
      return torch::kInt64;
    case TensorType::kI32:
      return torch::kInt32;
    case TensorType::kU8:
      return torch::kUInt8;
    case TensorType::kBool:
      return torch::kBool;
  }
  CHECK_TRUE(false);
}

TensorType type_of(torch::ScalarType type) {
  switch (type) {
    case torch::kFloat32:
      return TensorType::kF32;
    case torch::kFloat16:
      return TensorType::kF16;
    case torch::kBFloat16:
      return TensorType::kBF16;
    case torch::kFloat64:
      return TensorType::kF64;
    case torch::kInt64:
      return TensorType::kI64;
    case torch::kInt32:
      return TensorType::kI32;
    case torch::kUInt8:
      return TensorType::kU8;
    case torch::kBool:
      return TensorType::kBool;
    default:
      CHECK_TRUE(false);
  }
}

}  // namespace

torch::Tensor view_of(const TensorBytes& bytes) {
  return torch::from_blob(const_cast<std::uint8_t*>(bytes.bytes.data()), bytes.shape,
                          scalar_of(bytes.type));
}

TensorBytes bytes_of(const torch::Tensor& tensor) {
  CHECK_TRUE(tensor.is_contiguous());
  const auto sizes = tensor.sizes();
  return {type_of(tensor.scalar_type()),
          {sizes.begin(), sizes.end()},
          {static_cast<const std::uint8_t*>(tensor.data_ptr()),
           std::size_t(tensor.numel()) * tensor.element_size()}};
}

void save_tensors(const std::filesystem::path& file,
                  const std::map<std::string, torch::Tensor>& tensors,
                  const std::map<std::string, std::string>& metadata) {
  std::map<std::string, torch::Tensor> kept;  // alive while their bytes are written
  std::map<std::string, TensorBytes> bytes;
  for (const auto& [name, tensor] : tensors) {
    kept[name] = tensor.detach().cpu().contiguous();
    bytes[name] = bytes_of(kept[name]);
  }
  write_safetensors(file, bytes, metadata);
}

std::map<std::string, torch::Tensor> load_tensors(
    const std::filesystem::path& file, std::map<std::string, std::string>* metadata) {
  const SafetensorsFile mapped(file);
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& [name, bytes] : mapped.tensors())
    tensors[name] = bytes.bytes.empty()
                        ? torch::empty(bytes.shape, scalar_of(bytes.type))
                        : view_of(bytes).clone();
  if (metadata != nullptr) *metadata = mapped.metadata();
  return tensors;
}

}  // namespace paperphone::agent
