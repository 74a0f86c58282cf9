#include "env/base/compression.h"

#include <lz4.h>

#include "env/base/check.h"

namespace paperphone {

std::vector<std::uint8_t> compress(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return {};
  CHECK_LE(bytes.size(), std::size_t(LZ4_MAX_INPUT_SIZE));
  const int size = int(bytes.size());
  std::vector<std::uint8_t> out(std::size_t(LZ4_compressBound(size)));
  const int used = LZ4_compress_default(reinterpret_cast<const char*>(bytes.data()),
                                        reinterpret_cast<char*>(out.data()), size,
                                        int(out.size()));
  CHECK_GE(used, 1);
  out.resize(std::size_t(used));
  out.shrink_to_fit();
  return out;
}

void decompress(std::span<const std::uint8_t> compressed, std::span<std::uint8_t> out) {
  if (compressed.empty()) {
    CHECK_TRUE(out.empty());
    return;
  }
  const int size = LZ4_decompress_safe(reinterpret_cast<const char*>(compressed.data()),
                                       reinterpret_cast<char*>(out.data()),
                                       int(compressed.size()), int(out.size()));
  CHECK_EQ(size, int(out.size()));
}

}  // namespace paperphone
