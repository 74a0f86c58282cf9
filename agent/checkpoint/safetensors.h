// The safetensors file format: an 8-byte little-endian length, a JSON header of that
// length, raw little-endian row-major data. No torch here.
//
// Source: https://github.com/huggingface/safetensors (format section).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paperphone::agent {

enum class TensorType : std::uint8_t {
  kF32,
  kF16,
  kBF16,
  kF64,
  kI64,
  kI32,
  kU8,
  kBool
};
std::string_view tensor_type_name(TensorType type);  // "F32"
int tensor_type_size(TensorType type);               // bytes

struct TensorBytes {
  TensorType type = TensorType::kF32;
  std::vector<std::int64_t> shape;
  std::span<const std::uint8_t> bytes;  // not owned
};

// A file mapped into memory; spans are valid as long as it lives.
class SafetensorsFile {
 public:
  // Throws DataError if the file is missing, truncated, or its header does not
  // describe it exactly (overlaps, wrong sizes, unknown types).
  explicit SafetensorsFile(const std::filesystem::path& file);
  ~SafetensorsFile();
  SafetensorsFile(SafetensorsFile&&) noexcept;
  SafetensorsFile& operator=(SafetensorsFile&&) = delete;

  const std::map<std::string, TensorBytes>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

 private:
  void parse(const std::string& name);
  void parse_entry(const std::string& key, const void* json, const std::string& name,
                   std::span<const std::uint8_t> data);

  std::span<const std::uint8_t> mapped_;
  std::map<std::string, TensorBytes> tensors_;
  std::map<std::string, std::string> metadata_;
};

// Gives the memory behind mapped bytes back to the file; reading them again maps it anew.
void forget_pages(std::span<const std::uint8_t> bytes);

// Tensors in name order; written under a temporary name and renamed. Throws DataError.
void write_safetensors(const std::filesystem::path& file,
                       const std::map<std::string, TensorBytes>& tensors,
                       const std::map<std::string, std::string>& metadata);

}  // namespace paperphone::agent
