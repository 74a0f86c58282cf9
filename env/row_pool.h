// Threads that carry out one job for each of many rows: all of them while the caller
// waits, or some of them while it does something else.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

namespace paperphone {

// The jobs must not throw. One thread may call at a time, except that another may
// close() the pool while wait_for_one() waits.
class RowPool {
 public:
  using Job = std::function<void(int row)>;

  explicit RowPool(int num_threads);
  ~RowPool();  // closes
  RowPool(const RowPool&) = delete;
  RowPool& operator=(const RowPool&) = delete;

  // Calls job(i) for 0 <= i < count, here too; returns when every call has returned.
  // What the jobs wrote is then visible to the caller. REQUIRES: nothing is queued.
  void run(int count, const Job& job);

  // Queues job(row) for these rows and returns. The job must outlive them.
  void start(std::span<const int> rows, const Job& job);
  // The next queued row whose job has returned, first come first served; waits for
  // it. nullopt: the pool was closed. REQUIRES: a row is queued or finished.
  std::optional<int> wait_for_one();

  // Finishes the jobs that have begun, forgets those that have not, joins the threads.
  // May be called again.
  void close();

 private:
  void add_thread();
  void thread_loop();
  void take_numbers();  // of run()

  const std::size_t num_threads_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable wake_;      // threads wait: for rows, or to stop
  std::condition_variable returned_;  // the caller waits

  const Job* job_ = nullptr;         // of run(); changed only while busy_ is 0
  int count_ = 0;                    // likewise
  std::atomic<int> next_{0};         // of run()
  int busy_ = 0;                     // guarded by mutex_: threads in take_numbers()
  std::uint64_t generation_ = 0;     // guarded by mutex_: calls of run()

  const Job* queued_job_ = nullptr;  // guarded by mutex_
  std::deque<int> queued_;           // guarded by mutex_
  std::deque<int> finished_;         // guarded by mutex_
  bool stopping_ = false;            // guarded by mutex_
};

}  // namespace paperphone
