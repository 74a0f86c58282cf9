// A copy-on-write box: copies share the value until one of them changes it.
#pragma once

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "env/base/hash.h"

namespace paperphone::app {

template <class T>
class Cow {
 public:
  Cow() : part_(std::make_shared<Part>(T())) {}
  explicit Cow(T value) : part_(std::make_shared<Part>(std::move(value))) {}
  // Boxes side by side in one block, which lives as long as any of them: for values
  // that are mostly read. The first edit() of each copies it.
  static std::vector<Cow> block(std::size_t count) {
    const std::shared_ptr<Part[]> parts(new Part[count]);
    std::vector<Cow> boxes;
    boxes.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
      boxes.push_back(Cow(std::shared_ptr<Part>(parts, &parts[i])));
    return boxes;
  }
  // The same value for those whom this box outlives: copies of it cost no counting.
  Cow lent() const { return Cow({std::shared_ptr<Part>(), part_.get()}); }
  // What only this box has seen so far: to fill a fresh one.
  T& fresh() { return part_->value; }
  // Reading never copies; edit() copies if the part is shared or lent.
  const T& operator*() const { return part_->value; }
  const T* operator->() const { return &part_->value; }
  // The reference is for writing now, not for keeping: it forgets the part's hash.
  T& edit() {
    if (part_.use_count() != 1) {
      part_ = std::make_shared<Part>(part_->value);
    } else {
      see_last_readers();
    }
    part_->hash_known.store(false, std::memory_order_relaxed);
    return part_->value;
  }
  const void* identity() const { return part_.get(); }  // equal: surely same
  bool operator==(const Cow& other) const {
    return part_ == other.part_ || part_->value == other.part_->value;
  }

  // compute(value), remembered until the next edit(). Threads that share the part may
  // compute at the same time: they store the same bits.
  template <class Compute>
  Hash128 hash(const Compute& compute) const {
    Part& part = *part_;
    if (part.hash_known.load(std::memory_order_acquire))
      return {part.hash_high.load(std::memory_order_relaxed),
              part.hash_low.load(std::memory_order_relaxed)};
    const Hash128 hash = compute(part.value);
    part.hash_high.store(hash.high, std::memory_order_relaxed);
    part.hash_low.store(hash.low, std::memory_order_relaxed);
    part.hash_known.store(true, std::memory_order_release);
    return hash;
  }

 private:
  struct Part {
    Part() = default;
    explicit Part(T v) : value(std::move(v)) {}
    T value;
    std::atomic<std::uint64_t> hash_high{0};
    std::atomic<std::uint64_t> hash_low{0};
    std::atomic<bool> hash_known{false};
  };
  explicit Cow(std::shared_ptr<Part> part) : part_(std::move(part)) {}
  // The part is unique now, but use_count() alone does not order this thread's writes
  // behind what another thread read before it let go of the part.
  void see_last_readers() {
#ifdef __SANITIZE_THREAD__
    std::shared_ptr<Part>(part_).reset();  // the same by means that it understands
#else
    std::atomic_thread_fence(std::memory_order_acquire);
#endif
  }

  std::shared_ptr<Part> part_;  // shared between snapshots; written only if unique
};

}  // namespace paperphone::app
