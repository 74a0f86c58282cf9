// Counter-based random numbers: draw i of stream k is a pure function of (k, i).
//
// Streams are split by name (`rng.fork("task")`), so that a new draw in one place
// moves nothing elsewhere. No std::*_distribution: their results may differ
// between standard libraries. Source of the mixing function: Stafford's variant 13
// of the MurmurHash3 finaliser, as used by SplitMix64 (Steele et al., 2014).
#pragma once

#include <cstdint>
#include <string_view>

#include "env/base/check.h"

namespace paperphone {

class Rng {
 public:
  explicit Rng(std::uint64_t seed = 0) : key_(mix(seed + kGolden)) {}

  // A stream of its own; does not advance this one.
  Rng fork(std::string_view name) const;
  Rng fork(std::uint64_t index) const;
  Rng fork(std::string_view name, std::uint64_t index) const {
    return fork(name).fork(index);
  }

  std::uint64_t next() { return mix(key_ + kGolden * ++counter_); }

  // Uniform integer in [0, n). REQUIRES: n >= 1.
  std::uint64_t below(std::uint64_t n);
  // Uniform integer in [low, high], both included. REQUIRES: low <= high.
  std::int64_t between(std::int64_t low, std::int64_t high);
  // Uniform in [0, 1), 53 bits.
  double uniform() { return double(next() >> 11) * 0x1.0p-53; }
  // Standard normal, from two uniforms (Box-Muller); for weights and noise only.
  double normal();
  bool chance(double probability) { return uniform() < probability; }

  // The whole state, for snapshots and checkpoints.
  std::uint64_t key() const { return key_; }
  std::uint64_t counter() const { return counter_; }
  static Rng from_state(std::uint64_t key, std::uint64_t counter) {
    Rng rng;
    rng.key_ = key;
    rng.counter_ = counter;
    return rng;
  }
  bool operator==(const Rng&) const = default;

  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ull;
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

}  // namespace paperphone
