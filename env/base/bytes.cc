#include "env/base/bytes.h"

#include <fmt/format.h>

#include <limits>

#include "env/base/check.h"
#include "env/base/error.h"

namespace paperphone {

ByteWriter& ByteWriter::put_count(std::size_t count) {
  CHECK_LE(count, std::size_t(std::numeric_limits<std::uint32_t>::max()));
  return put(std::uint32_t(count));
}

ByteWriter& ByteWriter::put_text(std::string_view text) {
  put_count(text.size());
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  return *this;
}

ByteWriter& ByteWriter::put_raw(std::span<const std::uint8_t> bytes) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return *this;
}

Hash128 ByteReader::get_hash() {
  Hash128 hash;
  hash.high = get<std::uint64_t>();
  hash.low = get<std::uint64_t>();
  return hash;
}

std::size_t ByteReader::get_count(std::size_t min_bytes) {
  const std::size_t count = get<std::uint32_t>();
  if (count > left() / min_bytes) {
    fail(fmt::format("a list of {} entries, but only {} bytes are left", count, left()));
  }
  return count;
}

std::string ByteReader::get_text() {
  const auto raw = get_raw(get_count());
  return {raw.begin(), raw.end()};
}

std::span<const std::uint8_t> ByteReader::get_raw(std::size_t size) {
  if (size > left()) {
    fail(fmt::format("{} bytes are needed, but {} are left", size, left()));
  }
  const auto raw = bytes_.subspan(at_, size);
  at_ += size;
  return raw;
}

void ByteReader::finish() const {
  if (left() != 0) fail(fmt::format("{} bytes are left over", left()));
}

void ByteReader::fail(std::string_view message) const {
  throw DataError(fmt::format("{}: byte {}: {}", what_, at_, message));
}

void ByteReader::fail_range(std::string_view name, std::int64_t value, std::int64_t low,
                            std::int64_t high) const {
  fail(fmt::format("'{}' is {}, but may be {} to {}", name, value, low, high));
}

}  // namespace paperphone
