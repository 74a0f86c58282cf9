// Tensors in safetensors files.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "agent/checkpoint/safetensors.h"
#include "agent/ops/tensor.h"

namespace paperphone::agent {

// A tensor that looks at mapped bytes; valid while the file is.
torch::Tensor view_of(const TensorBytes& bytes);
// The bytes of a contiguous tensor in this machine's memory; valid while it is.
TensorBytes bytes_of(const torch::Tensor& tensor);

// Named tensors in one file; atomic, DataError.
void save_tensors(const std::filesystem::path& file,
                  const std::map<std::string, torch::Tensor>& tensors,
                  const std::map<std::string, std::string>& metadata = {});
std::map<std::string, torch::Tensor> load_tensors(
    const std::filesystem::path& file,
    std::map<std::string, std::string>* metadata = nullptr);

}  // namespace paperphone::agent
