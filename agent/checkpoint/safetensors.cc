#include "agent/checkpoint/safetensors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "agent/text/json_fields.h"
#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/json_text.h"

namespace paperphone::agent {

static_assert(std::endian::native == std::endian::little,
              "safetensors are mapped as they are");

namespace {

struct TypeRow {
  TensorType type;
  std::string_view name;
  int size;
};
constexpr TypeRow kTypes[] = {
    {TensorType::kF32, "F32", 4},   {TensorType::kF16, "F16", 2},
    {TensorType::kBF16, "BF16", 2}, {TensorType::kF64, "F64", 8},
    {TensorType::kI64, "I64", 8},   {TensorType::kI32, "I32", 4},
    {TensorType::kU8, "U8", 1},     {TensorType::kBool, "BOOL", 1}};

const TypeRow& row_of(TensorType type) {
  return *std::find_if(std::begin(kTypes), std::end(kTypes),
                       [&](const TypeRow& row) { return row.type == type; });
}

constexpr std::uint64_t kLongestHeader = 100'000'000;

}  // namespace

std::string_view tensor_type_name(TensorType type) { return row_of(type).name; }
int tensor_type_size(TensorType type) { return row_of(type).size; }

void forget_pages(std::span<const std::uint8_t> bytes) {
  const auto page = std::uintptr_t(::sysconf(_SC_PAGESIZE));
  const auto begin = (std::uintptr_t(bytes.data()) + page - 1) / page * page;
  const auto end = (std::uintptr_t(bytes.data()) + bytes.size()) / page * page;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

SafetensorsFile::SafetensorsFile(const std::filesystem::path& file) {
  const std::string name = file.string();
  const int fd = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    throw DataError(fmt::format("{}: cannot be read: {}", name, std::strerror(errno)));
  struct stat status {};
  if (::fstat(fd, &status) != 0 || status.st_size < 8) {
    ::close(fd);
    throw DataError(fmt::format("{}: too short for a safetensors file", name));
  }
  const auto size = std::size_t(status.st_size);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  ::close(fd);
  if (address == MAP_FAILED)
    throw DataError(
        fmt::format("{}: cannot be mapped: {}", name, std::strerror(errno)));
  mapped_ = {static_cast<const std::uint8_t*>(address), size};
  try {
    parse(name);
  } catch (...) {
    ::munmap(address, size);  // the destructor does not run
    throw;
  }
}

SafetensorsFile::~SafetensorsFile() {
  if (!mapped_.empty())
    ::munmap(const_cast<std::uint8_t*>(mapped_.data()), mapped_.size());
}

SafetensorsFile::SafetensorsFile(SafetensorsFile&& other) noexcept
    : mapped_(std::exchange(other.mapped_, {})),
      tensors_(std::move(other.tensors_)),
      metadata_(std::move(other.metadata_)) {}

void SafetensorsFile::parse(const std::string& name) {
  std::uint64_t length = 0;
  std::memcpy(&length, mapped_.data(), 8);
  if (length > kLongestHeader || length > mapped_.size() - 8)
    throw DataError(
        fmt::format("{}: damaged: the header claims {} bytes, the file has {}", name,
                    length, mapped_.size()));
  const std::string_view text(reinterpret_cast<const char*>(mapped_.data()) + 8,
                              length);
  const JsonFields header = JsonFields::parse(text, name + ": header");
  const std::span data = mapped_.subspan(8 + length);
  for (const auto& [key, value] : header.json().items()) {
    if (key == "__metadata__") {
      if (!value.is_object()) header.fail("__metadata__", "must be an object");
      for (const auto& [k, v] : value.items())
        if (v.is_string()) metadata_[k] = v.get<std::string>();
    } else {
      parse_entry(key, &value, name, data);
    }
  }
  // Together the tensors cover the data exactly once.
  std::vector<std::pair<std::size_t, std::size_t>> spans;
  for (const auto& [key, tensor] : tensors_)
    if (!tensor.bytes.empty())
      spans.emplace_back(tensor.bytes.data() - data.data(), tensor.bytes.size());
  std::sort(spans.begin(), spans.end());
  std::size_t end = 0;
  for (const auto& [begin, size] : spans) {
    if (begin != end)
      throw DataError(fmt::format(
          "{}: damaged: tensors overlap or leave a gap at byte {} of the data", name,
          end));
    end += size;
  }
  if (end != data.size())
    throw DataError(fmt::format("{}: damaged: {} bytes of data described, {} present",
                                name, end, data.size()));
}

void SafetensorsFile::parse_entry(const std::string& key, const void* json,
                                  const std::string& name,
                                  std::span<const std::uint8_t> data) {
  const auto& value = *static_cast<const nlohmann::json*>(json);
  const std::string where = fmt::format("{}: tensor '{}'", name, key);
  if (!value.is_object())
    throw DataError(where + ": the header entry must be an object");
  const JsonFields entry(value, where);
  const auto type = entry.get<std::string>("dtype");
  const auto row = std::find_if(std::begin(kTypes), std::end(kTypes),
                                [&](const TypeRow& r) { return r.name == type; });
  if (row == std::end(kTypes)) entry.fail("dtype", "is not supported: " + type);
  TensorBytes tensor;
  tensor.type = row->type;
  tensor.shape = entry.get<std::vector<std::int64_t>>("shape");
  const auto offsets = entry.get<std::vector<std::int64_t>>("data_offsets");
  std::uint64_t bytes = row->size;
  for (std::int64_t side : tensor.shape) {
    if (side < 0 || (side > 0 && bytes > (std::uint64_t(1) << 48) / side))
      entry.fail("shape", "is impossible");
    bytes *= side;
  }
  if (offsets.size() != 2 || offsets[0] < 0 || offsets[1] < offsets[0] ||
      std::uint64_t(offsets[1]) > data.size())
    entry.fail("data_offsets", "lie outside the file: it is truncated or damaged");
  if (std::uint64_t(offsets[1] - offsets[0]) != bytes)
    entry.fail("data_offsets", "do not fit the shape");
  tensor.bytes = data.subspan(offsets[0], bytes);
  tensors_[key] = std::move(tensor);
}

void write_safetensors(const std::filesystem::path& file,
                       const std::map<std::string, TensorBytes>& tensors,
                       const std::map<std::string, std::string>& metadata) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::uint64_t offset = 0;
  for (const auto& [key, tensor] : tensors) {
    std::int64_t count = 1;
    for (std::int64_t side : tensor.shape) count *= side;
    CHECK_EQ(std::int64_t(tensor.bytes.size()), count * tensor_type_size(tensor.type));
    header[key] = {{"dtype", tensor_type_name(tensor.type)},
                   {"shape", tensor.shape},
                   {"data_offsets", {offset, offset + tensor.bytes.size()}}};
    offset += tensor.bytes.size();
  }
  std::string text = json_text(header);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // data starts aligned

  FileWriter out(file);
  const std::uint64_t length = text.size();
  out.write({reinterpret_cast<const char*>(&length), 8});
  out.write(text);
  for (const auto& [key, tensor] : tensors) out.write(tensor.bytes);
  out.commit();
}

}  // namespace paperphone::agent
