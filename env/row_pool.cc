#include "env/row_pool.h"

namespace paperphone {

RowPool::RowPool(int num_threads)
    : num_threads_(static_cast<std::size_t>(num_threads)) {
  while (threads_.size() + 1 < num_threads_) add_thread();  // run()'s caller is one too
}

RowPool::~RowPool() { close(); }

void RowPool::add_thread() {
  threads_.emplace_back([this] { thread_loop(); });
}

void RowPool::take_numbers() {
  for (int i = next_++; i < count_; i = next_++) (*job_)(i);
}

void RowPool::thread_loop() {
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
    take_numbers();
    lock.lock();
    if (--busy_ == 0) returned_.notify_one();
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
    count_ = count;
    next_ = 0;
    ++generation_;
  }
  wake_.notify_all();
  take_numbers();
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
