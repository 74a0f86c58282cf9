#include "rl/rollout/in_order.h"

#include <utility>

namespace paperphone::rl {

bool InOrder::wants(std::size_t episode) const {
  const std::lock_guard lock(mutex_);
  return episode < end_;
}

void InOrder::put(Rollout&& rollout) {
  const std::lock_guard lock(mutex_);
  const std::size_t episode = rollout.episode;
  finished_.emplace(episode, std::move(rollout));
  changed_.notify_one();
}

void InOrder::fail(std::size_t episode, std::exception_ptr error) {
  const std::lock_guard lock(mutex_);
  if (episode >= end_) return;
  end_ = episode;
  failure_ = std::move(error);
  changed_.notify_one();
}

void InOrder::want_no_more() {
  const std::lock_guard lock(mutex_);
  end_ = next_;
}

void InOrder::hand_over_ready(const OnDone& on_done) {
  std::unique_lock lock(mutex_);
  while (next_is_ready()) {
    Rollout rollout = std::move(finished_.extract(next_++).mapped());
    lock.unlock();
    on_done(std::move(rollout));
    lock.lock();
  }
}

void InOrder::hand_over_all(const OnDone& on_done) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return next_ >= end_ || next_is_ready(); });
    if (next_ >= end_) return;
    lock.unlock();
    hand_over_ready(on_done);
    lock.lock();
  }
}

}  // namespace paperphone::rl
