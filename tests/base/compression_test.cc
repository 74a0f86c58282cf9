#include "env/base/compression.h"

#include <gtest/gtest.h>

#include "env/base/rng.h"

namespace paperphone {
namespace {

void expect_back(const std::vector<std::uint8_t>& bytes) {
  std::vector<std::uint8_t> again(bytes.size());
  decompress(compress(bytes), again);
  EXPECT_EQ(again, bytes);
}

TEST(Compression, GivesBackAnyBytes) {
  Rng rng(4);
  for (int i = 0; i < 200; ++i) {
    // From noise to long runs.
    const std::uint64_t levels = 1 + rng.below(i % 3 == 0 ? 256 : 3);
    std::vector<std::uint8_t> bytes(rng.below(1000));
    for (std::uint8_t& byte : bytes) byte = std::uint8_t(rng.below(levels));
    expect_back(bytes);
  }
}

TEST(Compression, MakesFlatAreasSmall) {
  std::vector<std::uint8_t> bytes(100'000, 240);
  for (std::size_t i = 0; i < bytes.size(); i += 1000) bytes[i] = std::uint8_t(i / 1000);
  EXPECT_LT(compress(bytes).size(), bytes.size() / 50);
  expect_back(bytes);
}

TEST(Compression, NoBytesStayNone) {
  EXPECT_TRUE(compress({}).empty());
  decompress({}, {});
}

}  // namespace
}  // namespace paperphone
