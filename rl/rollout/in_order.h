// Episodes that end in any order, on any thread, handed over in the order of the jobs.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>

#include "rl/rollout/rollout.h"

namespace paperphone::rl {

// An episode that failed is the last: those before it are played to their end.
class InOrder {
 public:
  explicit InOrder(std::size_t episodes) : end_(episodes) {}

  // Any thread. Every wanted episode ends in put() or fail(); others may.
  bool wants(std::size_t episode) const;
  void put(Rollout&& rollout);
  void fail(std::size_t episode, std::exception_ptr error);
  void want_no_more();

  using OnDone = std::function<void(Rollout&&)>;
  // Calls on_done for what is ready, or waits until nothing is left. One thread.
  void hand_over_ready(const OnDone& on_done);
  void hand_over_all(const OnDone& on_done);

  // When all is handed over: the first that failed, and how; null if none did.
  std::size_t end() const { return end_; }
  std::exception_ptr failure() const { return failure_; }

 private:
  bool next_is_ready() const {
    return !finished_.empty() && finished_.begin()->first == next_ && next_ < end_;
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // All guarded by mutex_.
  std::map<std::size_t, Rollout> finished_;  // that wait for earlier ones
  std::size_t next_ = 0;                     // handed over next
  std::size_t end_;                          // the first that nobody wants
  std::exception_ptr failure_;
};

}  // namespace paperphone::rl
