// What this machine can do, and how long something takes: the ground of the benchmarks.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

#include "agent/model/qwen2_5_vl.h"

namespace paperphone::rl {

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

// The library's matrix product, 1024 x 1024 x 1024, all threads.
class Gemm {
 public:
  explicit Gemm(torch::Dtype dtype);
  void run() const;
  static double gigaflop() { return 2e-9 * kSize * kSize * kSize; }

 private:
  static constexpr double kSize = 1024;
  torch::Tensor a_, b_;
};
double gemm_gflops(torch::Dtype dtype, double seconds);

// Seconds per call, and the rate of the product beside it: the two take turns of a
// tenth of a second (of one call, if that is longer) until each has had `seconds` and
// the work two turns. What a core of a shared machine is worth changes from second to
// second, so rates taken apart make no share.
struct BesideGemm {
  double seconds = 0;
  double gemm_gflops = 0;
};
template <class Work>
BesideGemm time_beside_gemm(torch::Dtype dtype, double seconds, const Work& work) {
  constexpr double kTurn = 0.1;
  using Clock = std::chrono::steady_clock;
  const Gemm gemm(dtype);
  struct Timed {
    double seconds = 0;
    int calls = 0, turns = 0;
  } of_work, of_gemm;
  const auto take_turn = [](Timed* timed, const auto& call) {
    const auto start = Clock::now();
    std::chrono::duration<double> taken{};
    do {
      call();
      ++timed->calls;
      taken = Clock::now() - start;
    } while (taken.count() < kTurn);
    timed->seconds += taken.count();
    ++timed->turns;
  };
  work();
  gemm.run();
  while (std::min(of_work.seconds, of_gemm.seconds) < seconds || of_work.turns < 2) {
    if (of_work.seconds <= of_gemm.seconds)
      take_turn(&of_work, work);
    else
      take_turn(&of_gemm, [&] { gemm.run(); });
  }
  return {of_work.seconds / of_work.calls,
          Gemm::gigaflop() * of_gemm.calls / of_gemm.seconds};
}
// GB/s at which weights come out of memory: the sum of 256 MB, all threads.
double read_gigabytes_per_s(double seconds);

// As many as were asked for; 0: all cores.
inline int bench_threads(int asked) {
  return asked > 0 ? asked : std::max(1, int(std::thread::hardware_concurrency()));
}

}  // namespace paperphone::rl
