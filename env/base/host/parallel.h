// The loop over independent items on a few threads. Results must go to places chosen
// by the item's index, so that they do not depend on which thread did what.
#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace paperphone {

// Calls body(worker, index) for every index in [0, count); worker < threads names
// the calling thread's own scratch space. Rethrows the first exception.
template <class Body>
void parallel_for(int count, int threads, const Body& body) {
  threads = std::clamp(threads, 1, std::max(count, 1));
  std::atomic<int> next{0};
  std::mutex mutex;
  std::exception_ptr failure;  // guarded by mutex
  const auto work = [&](int worker) {
    for (int index = next++; index < count; index = next++) {
      try {
        body(worker, index);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::thread> others;
  for (int worker = 1; worker < threads; ++worker) others.emplace_back(work, worker);
  work(0);
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace paperphone
