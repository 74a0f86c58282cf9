// Values as bytes and back: little endian, no padding, texts and lists behind their
// length. The reader trusts nothing.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "env/base/hash.h"

namespace paperphone {

class ByteWriter {
 public:
  template <class T>
    requires(std::is_integral_v<T> || std::is_enum_v<T>)
  ByteWriter& put(T value) {
      const auto v = std::uint64_t(value);
      for (std::size_t i = 0; i < sizeof(T); ++i)
        bytes_.push_back(std::uint8_t(v >> (8 * i)));
      return *this;
  }
  ByteWriter& put(float value) { return put(std::bit_cast<std::uint32_t>(value)); }
  ByteWriter& put(double value) { return put(std::bit_cast<std::uint64_t>(value)); }
  ByteWriter& put(const Hash128& hash) { return put(hash.high).put(hash.low); }
  // The length of a list, before its entries.
  ByteWriter& put_count(std::size_t count);
  ByteWriter& put_text(std::string_view text);
  ByteWriter& put_raw(std::span<const std::uint8_t> bytes);  // without a length

  const std::vector<std::uint8_t>& bytes() const { return bytes_; }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

// Every fault throws DataError: "snapshot: byte 120: 'shell' is 9, but at most 2".
class ByteReader {
 public:
  // what: named in errors. Looks at the bytes, does not own them.
  ByteReader(std::span<const std::uint8_t> bytes, std::string what)
      : bytes_(bytes), what_(std::move(what)) {}

  template <class T>
    requires(std::is_integral_v<T>)
  T get() {
    std::uint64_t value = 0;
    const auto raw = get_raw(sizeof(T));
    for (std::size_t i = 0; i < sizeof(T); ++i)
      value |= std::uint64_t(raw[i]) << (8 * i);
    return static_cast<T>(value);
  }
  // An integer within [low, high].
  template <class T>
  T get_within(T low, T high, std::string_view name) {
    const T value = get<T>();
    if (value < low || value > high) fail_range(name, value, low, high);
    return value;
  }
  // An enumerator, the last of which is given.
  template <class E>
    requires(std::is_enum_v<E>)
  E get_enum(E last, std::string_view name) {
    using U = std::underlying_type_t<E>;
    return E(get_within<U>(0, static_cast<U>(last), name));
  }
  bool get_bool(std::string_view name) {
    return get_within<std::uint8_t>(0, 1, name) != 0;
  }
  float get_float() { return std::bit_cast<float>(get<std::uint32_t>()); }
  double get_double() { return std::bit_cast<double>(get<std::uint64_t>()); }
  Hash128 get_hash();
  // The length of a list whose entries take at least min_bytes each: one that cannot
  // fit into what is left is refused before anything is allocated.
  std::size_t get_count(std::size_t min_bytes = 1);
  std::string get_text();
  std::span<const std::uint8_t> get_raw(std::size_t size);

  std::size_t left() const { return bytes_.size() - at_; }
  void finish() const;  // throws if bytes are left
  [[noreturn]] void fail(std::string_view message) const;

 private:
  [[noreturn]] void fail_range(std::string_view name, std::int64_t value,
                               std::int64_t low, std::int64_t high) const;

  std::span<const std::uint8_t> bytes_;
  std::string what_;
  std::size_t at_ = 0;
};

}  // namespace paperphone
