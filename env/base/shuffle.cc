#include "env/base/shuffle.h"

namespace paperphone {

std::size_t shuffled_index(const Rng& rng, std::size_t n, std::int64_t visit) {
  CHECK_TRUE(n >= 1 && visit >= 0);
  const std::uint64_t epoch = std::uint64_t(visit) / n;
  std::uint64_t place = std::uint64_t(visit) % n;
  const std::uint64_t key = rng.fork("shuffle", epoch).next();
  int half_bits = 1;
  while ((std::uint64_t{1} << (2 * half_bits)) < n) ++half_bits;
  const std::uint64_t mask = (std::uint64_t{1} << half_bits) - 1;
  do {  // a bijection on 4^half_bits numbers; outside [0, n) walk on
    std::uint64_t left = place >> half_bits;
    std::uint64_t right = place & mask;
    for (std::uint64_t round = 0; round < 4; ++round) {
      const std::uint64_t mixed = left ^ (Rng::mix(key + 0x9e37 * round + right) & mask);
      left = right;
      right = mixed;
    }
    place = (left << half_bits) | right;
  } while (place >= n);
  return std::size_t(place);
}

}  // namespace paperphone
