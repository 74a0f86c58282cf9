// Threads that carry out one job for each of many rows: all of them while the caller
// waits, or some of them while it does something else.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
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
  // What the jobs wrote is then visible to the caller. Every thread has a part of the
  // numbers that is its own in all calls with this count, so that a row's memory stays
  // with one core; it takes from the others' parts once its own is done.
  // REQUIRES: nothing is queued.
  void run(int count, const Job& job);
  // The part of the thread's numbers in run(count): from part_begin(count, part) up to
  // part_begin(count, part + 1). It is taken from its front, so what takes long is best
  // put there.
  std::size_t num_parts() const { return num_threads_; }
  int part_begin(int count, std::size_t part) const {
    return int(std::size_t(count) * part / num_threads_);
  }

  // Queues job(row) for these rows and returns. The job must outlive them.
  void start(std::span<const int> rows, const Job& job);
  // The next queued row whose job has returned, first come first served; waits for
  // it. nullopt: the pool was closed. REQUIRES: a row is queued or finished.
  std::optional<int> wait_for_one();

  // Finishes the jobs that have begun, forgets those that have not, joins the threads.
  // May be called again.
  void close();

 private:
  // Numbers of run() that nobody has begun yet: the first in the upper half, the end in
  // the lower one. On a cache line of its own.
  struct alignas(64) Part {
    std::atomic<std::uint64_t> numbers{0};
  };
  static constexpr int kNoNumber = -1;

  void add_thread();
  void thread_loop(std::size_t own_part);
  void take_numbers(std::size_t own_part);  // of run()
  static int take_first(Part& part);
  static int take_last(Part& part);

  const std::size_t num_threads_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable wake_;      // threads wait: for rows, or to stop
  std::condition_variable returned_;  // the caller waits

  const Job* job_ = nullptr;         // of run(); changed only while busy_ is 0
  std::unique_ptr<Part[]> parts_;    // of run(): one for each thread
  // Both are changed under mutex_ only; waiting threads look at them for a moment
  // before they go to sleep, because waking takes as long as a row does.
  std::atomic<int> busy_ = 0;                    // threads in take_numbers()
  std::atomic<std::uint64_t> generation_ = 0;    // calls of run()

  const Job* queued_job_ = nullptr;  // guarded by mutex_
  std::deque<int> queued_;           // guarded by mutex_
  std::deque<int> finished_;         // guarded by mutex_
  bool stopping_ = false;            // guarded by mutex_
};

}  // namespace paperphone
