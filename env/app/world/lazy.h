// Parts of a world that are made when somebody first reads them, and copied when
// somebody first writes to them.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "env/app/world/cow.h"

namespace paperphone::app {

// Copies share one part: whoever reads it first has it made, for all of them. Readers
// may be several threads.
template <class T>
class Lazy {
 public:
  Lazy() : Lazy(T()) {}
  explicit Lazy(T value) : part_(Part(std::move(value))) {}
  // Whatever make() needs outlives the part; it is called once.
  static Lazy made_by(std::function<T()> make) { return Lazy(Part(std::move(make))); }
  // The same part for those whom this one outlives: copies of it cost no counting.
  Lazy lent() const { return Lazy(part_.lent()); }

  const T& operator*() const { return part_->get(); }
  const T* operator->() const { return &part_->get(); }
  T& edit() { return part_.edit().edit(); }
  // As it was made: nothing was written since.
  bool untouched() const { return part_->untouched(); }
  const void* identity() const { return part_.identity(); }  // equal: surely same
  bool operator==(const Lazy& other) const {
    return identity() == other.identity() || **this == *other;
  }
  // compute(value), remembered until the next edit().
  template <class Compute>
  Hash128 hash(const Compute& compute) const {
    return part_.hash([&](const Part& part) { return compute(part.get()); });
  }

 private:
  class Part {
   public:
    explicit Part(T value) : value_(std::move(value)), made_(true) {}
    explicit Part(std::function<T()> make) : make_(std::move(make)) {}
    Part(const Part& other) : Part(other.get()) {}
    Part(Part&& other) noexcept
        : make_(std::move(other.make_)),
          value_(std::move(other.value_)),
          made_(other.made_.load(std::memory_order_relaxed)) {}

    const T& get() const {
      if (!made_.load(std::memory_order_acquire))
        std::call_once(once_, [this] {
          value_.emplace(make_());
          made_.store(true, std::memory_order_release);
        });
      return *value_;
    }
    T& edit() {
      get();
      make_ = nullptr;
      return *value_;
    }
    bool untouched() const { return make_ != nullptr; }

   private:
    std::function<T()> make_;  // none: somebody's own value
    mutable std::optional<T> value_;
    mutable std::atomic<bool> made_{false};
    mutable std::once_flag once_;
  };
  explicit Lazy(Part part) : part_(std::move(part)) {}
  explicit Lazy(Cow<Part> part) : part_(std::move(part)) {}

  Cow<Part> part_;
};

}  // namespace paperphone::app
