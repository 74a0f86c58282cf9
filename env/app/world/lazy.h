// Parts of a world that are made when somebody first reads them, and copied when
// somebody first writes to them.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "env/app/world/cow.h"

namespace paperphone::app {

// Makes parts by their place; the same part whenever it is asked.
template <class T>
class Maker {
 public:
  virtual T make(int app, int table, const T* = nullptr) const = 0;
  virtual std::recursive_mutex& mutex() const = 0;  // held while a part is made

 protected:
  ~Maker() = default;
};

// What a part of all worlds of one seed is at first. Thread-safe.
template <class T>
class Origin {
 public:
  Origin(const Maker<T>& maker, int app, int table = -1)
      : maker_(&maker), app_(app), table_(table) {}
  const Cow<T>& get() const {
    if (!made_.load(std::memory_order_acquire)) make();
    return *part_;
  }

 private:
  void make() const {
    const std::lock_guard lock(maker_->mutex());
    if (part_) return;
    part_.emplace(maker_->make(app_, table_));
    made_.store(true, std::memory_order_release);
  }

  const Maker<T>* maker_;  // outlives this
  int app_;
  int table_;
  mutable std::atomic<bool> made_{false};
  mutable std::optional<Cow<T>> part_;  // written under the maker's mutex, once
};

// As its origin made it, until it is edited. Without an origin a value of its own.
template <class T>
class Lazy {
 public:
  Lazy() : own_(Cow<T>()) {}
  explicit Lazy(T value) : own_(Cow<T>(std::move(value))) {}
  explicit Lazy(const Origin<T>& origin) : origin_(&origin) {}

  const T& operator*() const { return own_ ? **own_ : *origin_->get(); }
  const T* operator->() const { return &**this; }
  T& edit() {
    if (!own_) own_ = origin_->get();
    return own_->edit();
  }
  // Still its origin's: nothing was written since.
  bool untouched() const { return !own_; }
  // What it was at first; nullptr: it has no origin.
  const T* first() const { return origin_ != nullptr ? &*origin_->get() : nullptr; }
  const void* identity() const {  // equal: surely same
    return own_ ? own_->identity() : static_cast<const void*>(origin_);
  }
  bool operator==(const Lazy& other) const {
    return identity() == other.identity() || **this == *other;
  }
  // compute(value) of what was edited, remembered until the next edit().
  // REQUIRES: !untouched().
  template <class Compute>
  Hash128 hash(const Compute& compute) const {
    return own_->hash(compute);
  }

 private:
  const Origin<T>* origin_ = nullptr;  // owned by the world's Genesis
  std::optional<Cow<T>> own_;
};

}  // namespace paperphone::app
