#include "env/base/host/row_pool.h"

namespace paperphone {
namespace {

// True as soon as `ready`, false after some tens of microseconds.
template <class Ready>
bool wait_a_moment(const Ready& ready) {
  for (int i = 0; i < 100; ++i) {
    if (ready()) return true;
    std::this_thread::yield();
  }
  return false;
}

}  // namespace

RowPool::RowPool(int num_threads)
    : num_threads_(std::size_t(num_threads)),
      parts_(std::make_unique<Part[]>(num_threads_)) {
  while (threads_.size() + 1 < num_threads_) add_thread();  // run()'s caller is one too
}

RowPool::~RowPool() { close(); }

void RowPool::add_thread() {
  threads_.emplace_back([this, part = threads_.size()] { thread_loop(part); });
}

int RowPool::take_first(Part& part) {
  std::uint64_t numbers = part.numbers.load();
  while (true) {
    const std::uint64_t first = numbers >> 32, end = numbers & 0xFFFFFFFF;
    if (first >= end) return kNoNumber;
    if (part.numbers.compare_exchange_weak(numbers, (first + 1) << 32 | end))
      return int(first);
  }
}

int RowPool::take_last(Part& part) {
  std::uint64_t numbers = part.numbers.load();
  while (true) {
    const std::uint64_t first = numbers >> 32, end = numbers & 0xFFFFFFFF;
    if (first >= end) return kNoNumber;
    if (part.numbers.compare_exchange_weak(numbers, first << 32 | (end - 1)))
      return int(end - 1);
  }
}

void RowPool::take_numbers(std::size_t own_part) {
  Part& own = parts_[own_part];
  for (int i = take_first(own); i != kNoNumber; i = take_first(own)) (*job_)(i);
  for (std::size_t other = 1; other < num_threads_; ++other) {
    Part& part = parts_[(own_part + other) % num_threads_];
    for (int i = take_last(part); i != kNoNumber; i = take_last(part)) (*job_)(i);
  }
}

void RowPool::thread_loop(std::size_t own_part) {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock,
               [&] { return stopping_ || generation_ != seen || !queued_.empty(); });
    if (stopping_) return;
    if (!queued_.empty()) {
      const int row = queued_.front();
      queued_.pop_front();
      const Job& job = *queued_job_;
      lock.unlock();
      job(row);
      lock.lock();
      finished_.push_back(row);
      returned_.notify_one();
      continue;
    }
    seen = generation_;
    ++busy_;
    lock.unlock();
    take_numbers(own_part);
    lock.lock();
    if (--busy_ == 0) returned_.notify_one();
    lock.unlock();
    wait_a_moment([&] { return generation_ != seen; });
    lock.lock();
  }
}

void RowPool::run(int count, const Job& job) {
  if (count == 1 || threads_.empty()) {  // not worth waking anyone
    for (int i = 0; i < count; ++i) job(i);
    return;
  }
  {
    std::unique_lock lock(mutex_);
    // A thread that overslept the last run() may still be finding that nothing is left.
    returned_.wait(lock, [&] { return busy_ == 0; });
    job_ = &job;
    for (std::size_t t = 0; t < num_threads_; ++t)
      parts_[t].numbers = std::uint64_t(part_begin(count, t)) << 32 |
                          std::uint64_t(part_begin(count, t + 1));
    ++generation_;
  }
  wake_.notify_all();
  take_numbers(num_threads_ - 1);
  wait_a_moment([&] { return busy_ == 0; });
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return busy_ == 0; });
}

void RowPool::start(std::span<const int> rows, const Job& job) {
  // The caller goes its way, so one more thread may work.
  if (threads_.size() < num_threads_) add_thread();
  {
    std::lock_guard lock(mutex_);
    queued_job_ = &job;
    queued_.insert(queued_.end(), rows.begin(), rows.end());
  }
  wake_.notify_all();
}

std::optional<int> RowPool::wait_for_one() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return stopping_ || !finished_.empty(); });
  if (stopping_) return std::nullopt;
  const int row = finished_.front();
  finished_.pop_front();
  return row;
}

void RowPool::close() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    queued_.clear();
  }
  wake_.notify_all();
  returned_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace paperphone
