// What expressions compute of plain numbers and texts: total, and the same on every
// machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "env/base/rng.h"

namespace paperphone::app {

constexpr std::int64_t wrap_add(std::int64_t a, std::int64_t b) {
  return std::int64_t(std::uint64_t(a) + std::uint64_t(b));
}
constexpr std::int64_t wrap_sub(std::int64_t a, std::int64_t b) {
  return std::int64_t(std::uint64_t(a) - std::uint64_t(b));
}
constexpr std::int64_t wrap_mul(std::int64_t a, std::int64_t b) {
  return std::int64_t(std::uint64_t(a) * std::uint64_t(b));
}
constexpr std::int64_t safe_div(std::int64_t a, std::int64_t b) {
  if (b == 0) return 0;
  return b == -1 ? wrap_sub(0, a) : a / b;
}
constexpr std::int64_t safe_mod(std::int64_t a, std::int64_t b) {
  return b == 0 || b == -1 ? 0 : a % b;
}

// a-z and A-Z are the same.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }
constexpr bool same_letter(char a, char b) { return lower(a) == lower(b); }
std::string lowered(std::string_view text);

// The number that a text begins with; 0: none.
std::int64_t leading_number(std::string_view text);
// "12.5" -> 1250 fen; what follows the second digit behind the point is dropped.
std::int64_t leading_money(std::string_view text);

// `length` characters from the one numbered `from` on; below 0 counts as 0.
std::string sliced(std::string_view text, std::int64_t from, std::int64_t length);
// Every `old` becomes `with`, as long as the result stays within some 64 KiB.
std::string replaced(std::string_view text, std::string_view old, std::string_view with);

// A bijection of [0, n), chosen by the stream: a small Feistel network over the next
// power of four, walked until it lands inside. Constant time and nothing to store.
std::uint64_t permute(std::uint64_t i, std::uint64_t n, const Rng& stream);

}  // namespace paperphone::app
