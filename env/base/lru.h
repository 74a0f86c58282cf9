// Values that are kept until their bytes exceed a bound: the least recently used go.
#pragma once

#include <algorithm>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace paperphone {

// Of one thread.
template <class Key, class Value>
class Lru {
 public:
  struct Entry {
    Key key;
    Value value;
    std::size_t bytes;
  };

  explicit Lru(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // nullptr if there is none; valid until the next add(), erase() or clear().
  Value* find(const Key& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->value;
  }

  // False: the key is known, or the value alone exceeds the bound. Nothing changes then.
  bool add(Key key, Value value, std::size_t bytes) {
    if (bytes > max_bytes_ || index_.contains(key)) return false;
    order_.push_front({std::move(key), std::move(value), bytes});
    index_.emplace(order_.front().key, order_.begin());
    bytes_ += bytes;
    shrink();
    return true;
  }

  void erase(const Key& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return;
    bytes_ -= found->second->bytes;
    const auto entry = found->second;
    index_.erase(found);
    order_.erase(entry);  // `key` may be its own
  }

  void clear() {
    order_.clear();
    index_.clear();
    bytes_ = 0;
  }

  void set_max_bytes(std::size_t max_bytes) {
    max_bytes_ = max_bytes;
    shrink();
  }

  std::size_t max_bytes() const { return max_bytes_; }
  std::size_t bytes() const { return bytes_; }
  // The most recently used first.
  const std::list<Entry>& entries() const { return order_; }

 private:
  void shrink() {
    while (bytes_ > max_bytes_) {
      bytes_ -= order_.back().bytes;
      index_.erase(order_.back().key);
      order_.pop_back();
    }
  }

  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::list<Entry> order_;  // most recent first
  std::map<Key, typename std::list<Entry>::iterator> index_;
};

// Of any number of threads.
template <class Key, class Value>
class SharedLru {
 public:
  explicit SharedLru(std::size_t max_bytes) : values_(max_bytes) {}

  // nullptr if there is none. The value outlives its eviction while it is held.
  std::shared_ptr<const Value> find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto* found = values_.find(key);
    return found != nullptr ? *found : nullptr;
  }

  // If another thread was first, its value stays and is returned.
  std::shared_ptr<const Value> add(const Key& key, std::shared_ptr<const Value> value,
                                   std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (values_.add(key, value, bytes)) return value;
    const auto* first = values_.find(key);
    return first != nullptr ? *first : value;
  }

  // From now on; only ever more.
  void allow(std::size_t max_bytes) {
    const std::lock_guard lock(mutex_);
    values_.set_max_bytes(std::max(values_.max_bytes(), max_bytes));
  }

  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return values_.bytes();
  }

 private:
  mutable std::mutex mutex_;
  Lru<Key, std::shared_ptr<const Value>> values_;  // guarded by mutex_
};

}  // namespace paperphone
