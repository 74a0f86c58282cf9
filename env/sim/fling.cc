#include "env/sim/fling.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>

namespace paperphone::sim {
namespace {

// Android's OverScroller: distance = C * (inflexion * speed / C) ^ p with
//   C = friction * physicalCoeff = 0.015 * 9.80665 * 39.37 * 160 * 0.84,
//   p = d / (d - 1), d = ln 0.78 / ln 0.9, inflexion = 0.35.
// In dp the density cancels out (160 dp are an inch). Here as logarithms of base 2,
// in units of 2^-24.
constexpr int kBits = 24;
constexpr std::int64_t kLogC = 161133094;          // log2(778.353...)
constexpr std::int64_t kPower = 29129737;          // 1.736267...
constexpr std::int64_t kLogInflexion = -25410321;  // log2(0.35)

// log2(x), rounded down. REQUIRES: 1 <= x < 2^31.
std::int64_t log2_of(std::uint64_t x) {
  const int whole = std::bit_width(x) - 1;
  std::uint64_t mantissa = x << (31 - whole);  // [1, 2) in units of 2^-31
  std::int64_t log = std::int64_t{whole} << kBits;
  for (int bit = kBits - 1; bit >= 0; --bit) {
    mantissa = mantissa * mantissa >> 31;
    if (mantissa >> 32 == 0) continue;
    mantissa >>= 1;
    log |= std::int64_t{1} << bit;
  }
  return log;
}

}  // namespace

int fling_distance(int speed) {
  if (speed < kLeastFlingSpeed) return 0;
  speed = std::min(speed, kMostFlingSpeed);
  constexpr int kFraction = 4;  // sixteenths of a dp, for rounding
  const std::int64_t ratio =
      log2_of(std::uint64_t(speed)) + kLogInflexion - kLogC;
  const std::int64_t wanted =
      kLogC + (kPower * ratio >> kBits) + (std::int64_t{kFraction} << kBits);
  // The largest number whose logarithm is not above the wanted one.
  std::uint64_t distance = 0;
  for (int bit = 19; bit >= 0; --bit) {
    const std::uint64_t tried = distance | std::uint64_t{1} << bit;
    if (log2_of(tried) <= wanted) distance = tried;
  }
  return int((distance + (1 << (kFraction - 1))) >> kFraction);
}

int swipe_travel(int finger, int duration_ms) {
  const std::int64_t way = std::abs(std::int64_t{finger});
  if (way <= kTouchSlop) return 0;
  const std::int64_t speed =
      std::min<std::int64_t>(way * 1000 / std::max(duration_ms, 1), kMostFlingSpeed);
  const int travel = int(std::min<std::int64_t>(way, 1 << 20)) -
                     kTouchSlop + fling_distance(int(speed));
  return finger < 0 ? -travel : travel;
}

}  // namespace paperphone::sim
