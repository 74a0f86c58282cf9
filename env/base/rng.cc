#include "env/base/rng.h"

#include <cmath>

#include "env/base/hash.h"

namespace paperphone {

Rng Rng::fork(std::string_view name) const {
  Rng child;
  child.key_ = mix(key_ ^ hash_bytes(name).low);
  return child;
}

Rng Rng::fork(std::uint64_t index) const {
  Rng child;
  child.key_ = mix(key_ + mix(index + kGolden) * 3);
  return child;
}

std::uint64_t Rng::below(std::uint64_t n) {
  CHECK_GE(n, 1u);
  // Multiply-shift with rejection (Lemire, 2019): exact, one division at worst.
  auto product = static_cast<unsigned __int128>(next()) * n;
  auto low = std::uint64_t(product);
  if (low < n) {
    const std::uint64_t threshold = -n % n;
    while (low < threshold) {
      product = static_cast<unsigned __int128>(next()) * n;
      low = std::uint64_t(product);
    }
  }
  return std::uint64_t(product >> 64);
}

std::int64_t Rng::between(std::int64_t low, std::int64_t high) {
  CHECK_LE(low, high);
  return low + std::int64_t(below(std::uint64_t(high - low) + 1));
}

double Rng::normal() {
  const double u = 1.0 - uniform();
  const double v = uniform();
  return std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v);
}

}  // namespace paperphone
