// The least recently used values go when the bytes exceed a bound. Thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>

namespace paperphone {

template <class Key, class Value>
class Lru {
 public:
  explicit Lru(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // nullptr if there is none. The value outlives its eviction while it is held.
  std::shared_ptr<const Value> find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->value;
  }

  // If another thread was first, its value stays and is returned.
  std::shared_ptr<const Value> add(const Key& key, std::shared_ptr<const Value> value,
                                   std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (const auto found = index_.find(key); found != index_.end()) {
      return found->second->value;
    }
    if (bytes > max_bytes_) return value;
    order_.push_front({key, value, bytes});
    index_.emplace(key, order_.begin());
    bytes_ += bytes;
    while (bytes_ > max_bytes_) {
      bytes_ -= order_.back().bytes;
      index_.erase(order_.back().key);
      order_.pop_back();
    }
    return value;
  }

  // From now on; only ever more.
  void allow(std::size_t max_bytes) {
    const std::lock_guard lock(mutex_);
    max_bytes_ = std::max(max_bytes_, max_bytes);
  }

  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }

 private:
  struct Entry {
    Key key;
    std::shared_ptr<const Value> value;
    std::size_t bytes;
  };

  mutable std::mutex mutex_;
  std::size_t max_bytes_;    // guarded by mutex_
  std::list<Entry> order_;  // guarded by mutex_; most recent first
  std::map<Key, typename std::list<Entry>::iterator> index_;  // guarded by mutex_
  std::size_t bytes_ = 0;                                     // guarded by mutex_
};

}  // namespace paperphone
