#include "agent/checkpoint/safetensors.h"

#include <gtest/gtest.h>

#include <cstring>

#include "env/base/error.h"
#include "env/base/rng.h"
#include "tests/agent/fixtures.h"

namespace paperphone::agent {
namespace {

std::span<const std::uint8_t> bytes_of(const std::vector<float>& values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * 4};
}

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_all(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

TEST(Safetensors, GivesBackWhatWasWritten) {
  const ScratchFolder folder;
  const std::vector<float> a = {1, 2, 3, 4, 5, 6}, b = {7};
  write_safetensors(folder.path() / "x.safetensors",
                    {{"a", {TensorType::kF32, {2, 3}, bytes_of(a)}},
                     {"b", {TensorType::kF32, {}, bytes_of(b)}},
                     {"none", {TensorType::kI64, {0, 4}, {}}}},
                    {{"format", "pt"}});
  const SafetensorsFile file(folder.path() / "x.safetensors");
  EXPECT_EQ(file.metadata().at("format"), "pt");
  ASSERT_EQ(file.tensors().size(), 3u);
  const TensorBytes& read = file.tensors().at("a");
  EXPECT_EQ(read.shape, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(std::memcmp(read.bytes.data(), a.data(), 24), 0);
}

TEST(Safetensors, ReadsTheReferenceCheckpoint) {
  const SafetensorsFile file(testing::kFixtures / "tinyA/model.safetensors");
  EXPECT_EQ(file.tensors().at("model.embed_tokens.weight").shape,
            (std::vector<std::int64_t>{1024, 96}));
}

TEST(Safetensors, ATruncatedOrMissingFileIsADataError) {
  const ScratchFolder folder;
  const auto path = folder.path() / "x.safetensors";
  const std::vector<float> a(64, 1.0f);
  write_safetensors(path, {{"a", {TensorType::kF32, {64}, bytes_of(a)}}}, {});
  const std::string whole = read_all(path);
  for (std::size_t size : {std::size_t(0), std::size_t(7), std::size_t(8),
                           std::size_t(40), whole.size() - 1}) {
    write_all(path, whole.substr(0, size));
    EXPECT_THROW(SafetensorsFile{path}, DataError) << size;
  }
  write_all(path, whole + "x");
  EXPECT_THROW(SafetensorsFile{path}, DataError);
  EXPECT_THROW(SafetensorsFile{folder.path() / "none"}, DataError);
}

TEST(Safetensors, DamagedHeadersNeverCrash) {
  const ScratchFolder folder;
  const auto path = folder.path() / "x.safetensors";
  const std::vector<float> a(8, 1.0f), b(8, 2.0f);
  write_safetensors(path,
                    {{"a", {TensorType::kF32, {8}, bytes_of(a)}},
                     {"b", {TensorType::kF32, {2, 4}, bytes_of(b)}}},
                    {});
  const std::string whole = read_all(path);
  Rng rng(9);
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string damaged = whole;
    for (int n = 0; n < 3; ++n)
      damaged[rng.below(damaged.size() - 64)] = char(rng.below(256));
    write_all(path, damaged);
    try {
      const SafetensorsFile file(path);
      for (const auto& [name, tensor] : file.tensors())
        if (!tensor.bytes.empty()) (void)tensor.bytes.back();
    } catch (const DataError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 1500);
}

TEST(Safetensors, RefusesOverlappingTensors) {
  const ScratchFolder folder;
  const auto path = folder.path() / "x.safetensors";
  std::string header = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                       R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})";
  const std::uint64_t length = header.size();
  std::string file(reinterpret_cast<const char*>(&length), 8);
  write_all(path, file + header + std::string(12, '\0'));
  try {
    SafetensorsFile read(path);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("overlap"), std::string::npos);
  }
}

}  // namespace
}  // namespace paperphone::agent
