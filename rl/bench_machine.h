// What this machine can do, and how long something takes: the ground of the benchmarks.
#pragma once

#include <chrono>

#include "agent/qwen2_5_vl.h"

namespace paperphone {

// Seconds per call: once to warm up, then for the given time.
template <class Work>
double time_per_call(double seconds, const Work& work) {
  using Clock = std::chrono::steady_clock;
  work();
  const auto start = Clock::now();
  int calls = 0;
  std::chrono::duration<double> taken{};
  do {
    work();
    ++calls;
    taken = Clock::now() - start;
  } while (taken.count() < seconds);
  return taken.count() / calls;
}

// GFLOP/s of the library's matrix product, 1024 x 1024 x 1024, all threads.
double gemm_gflops(torch::Dtype dtype, double seconds);
// GB/s at which weights come out of memory: the sum of 256 MB, all threads.
double read_gigabytes_per_s(double seconds);

}  // namespace paperphone
