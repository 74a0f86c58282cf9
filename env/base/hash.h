// 128-bit hashes of states, frames, rewards (XXH3, canonical byte order, so the
// same on every machine).
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace paperphone {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
  std::string hex() const;  // 32 lower-case digits
};

Hash128 hash_bytes(std::span<const std::uint8_t> bytes);
Hash128 hash_bytes(std::string_view bytes);

// Collects values into little-endian bytes and hashes them at the end. Strings
// carry their length, so that ("ab","c") and ("a","bc") differ.
class Hasher {
 public:
  template <class T>
    requires(std::is_integral_v<T> || std::is_enum_v<T>)
  Hasher& add(T value) {
      return add_word(std::uint64_t(value));
  }
  Hasher& add(std::string_view text);
  Hasher& add(const Hash128& hash) { return add(hash.high).add(hash.low); }
  Hasher& add_bytes(std::span<const std::uint8_t> bytes);
  Hash128 finish() const;

 private:
  Hasher& add_word(std::uint64_t word);

  std::vector<std::uint8_t> bytes_;
};

}  // namespace paperphone
