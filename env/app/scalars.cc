#include "env/app/scalars.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "env/base/utf8.h"

namespace paperphone::app {
namespace {

constexpr std::size_t kMaxReplaced = 1 << 16;  // bytes

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::int64_t leading_number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::int64_t leading_money(std::string_view text) {
  std::int64_t yuan = 0;
  const char* end = text.data() + text.size();
  const char* at = std::from_chars(text.data(), end, yuan).ptr;
  std::int64_t fen = 0;
  if (at < end && *at == '.') {
    std::int64_t unit = 10;
    for (++at; at < end && *at >= '0' && *at <= '9' && unit > 0; ++at, unit /= 10)
      fen += (*at - '0') * unit;
  }
  const bool negative = text.starts_with("-");
  return wrap_add(wrap_mul(yuan, 100), negative ? -fen : fen);
}

std::string sliced(std::string_view text, std::int64_t from, std::int64_t length) {
  std::size_t begin = 0;
  for (std::int64_t i = 0; i < from && begin < text.size(); ++i)
    next_code_point(text, begin);
  std::size_t end = begin;
  for (std::int64_t i = 0; i < length && end < text.size(); ++i)
    next_code_point(text, end);
  return std::string(text.substr(begin, end - begin));
}

std::string replaced(std::string_view text, std::string_view old, std::string_view with) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t found = old.empty() ? std::string::npos : text.find(old, at);
    out.append(text, at, found - at);
    if (found == std::string::npos) break;
    out.append(with);
    at = found + old.size();
    // Replacing in texts that grew by replacing must not grow without end.
    if (out.size() > kMaxReplaced) break;
  }
  return out;
}

std::uint64_t permute(std::uint64_t i, std::uint64_t n, const Rng& stream) {
  int half_bits = 1;
  while ((std::uint64_t(1) << (2 * half_bits)) < n) ++half_bits;
  const std::uint64_t mask = (std::uint64_t(1) << half_bits) - 1;
  do {
    std::uint64_t left = i >> half_bits;
    std::uint64_t right = i & mask;
    for (std::uint64_t round = 0; round < 4; ++round) {
      const std::uint64_t mixed = Rng::mix(stream.key() + right * 8 + round) & mask;
      left = std::exchange(right, left ^ mixed);
    }
    i = left << half_bits | right;
  } while (i >= n);
  return i;
}

}  // namespace paperphone::app
