// Independent pieces of work for LibTorch's threads. Include it only in sources
// compiled with OpenMP (agent/CMakeLists.txt).
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "agent/kernels/scratch.h"

namespace paperphone::agent {

// f(i, scratch) for i in [0, count). Whoever is done takes the next one: cores are not
// equally fast at all times, and a share fixed beforehand would leave the others
// waiting.
template <class F>
void parallel_for_dynamic(std::int64_t count, F f) {
  std::atomic<std::int64_t> next = 0;
  const std::int64_t threads = std::min<std::int64_t>(count, at::get_num_threads());
  at::parallel_for(0, threads, 1, [&](std::int64_t begin, std::int64_t end) {
    static thread_local kernels::Scratch
        scratch;  // kept: fresh memory is cleared first
    for (; begin < end; ++begin)
      for (std::int64_t i = next++; i < count; i = next++) f(i, scratch);
  });
}

}  // namespace paperphone::agent
