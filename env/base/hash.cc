#include "env/base/hash.h"

#include <fmt/format.h>
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>  // the same hashes by the widest registers there are
#else
#include <xxhash.h>
#endif

namespace paperphone {

std::string Hash128::hex() const { return fmt::format("{:016x}{:016x}", high, low); }

Hash128 hash_bytes(std::span<const std::uint8_t> bytes) {
  const XXH128_hash_t h = XXH3_128bits(bytes.data(), bytes.size());
  return {h.high64, h.low64};
}

Hash128 hash_bytes(std::string_view bytes) {
  const XXH128_hash_t h = XXH3_128bits(bytes.data(), bytes.size());
  return {h.high64, h.low64};
}

Hasher& Hasher::add_word(std::uint64_t word) {
  std::uint8_t bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = std::uint8_t(word >> (8 * i));
  bytes_.insert(bytes_.end(), bytes, bytes + 8);
  return *this;
}

Hasher& Hasher::add(std::string_view text) {
  add(text.size());
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  return *this;
}

Hasher& Hasher::add_bytes(std::span<const std::uint8_t> bytes) {
  add(bytes.size());
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return *this;
}

Hash128 Hasher::finish() const { return hash_bytes(std::span(bytes_)); }

}  // namespace paperphone
