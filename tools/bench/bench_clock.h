// Wall-clock time for benchmarks.
#pragma once

#include <chrono>
#include <cstdint>

namespace paperphone::tools {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Seconds of one call: the mean over at least `seconds`, after one call that does not
// count.
template <class Work>
double time_of(double seconds, const Work& work) {
  work();
  const auto start = Clock::now();
  std::int64_t calls = 0;
  double elapsed = 0.0;
  do {
    work();
    ++calls;
    elapsed = seconds_since(start);
  } while (elapsed < seconds);
  return elapsed / double(calls);
}

}  // namespace paperphone::tools
