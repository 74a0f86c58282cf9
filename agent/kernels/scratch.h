// Working memory of kernels: kept from call to call and cut into pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace paperphone::agent::kernels {

// Of one thread.
class Scratch {
 public:
  // At least this many bytes, aligned to a cache line; what was there is lost.
  void* take(std::size_t bytes);

 private:
  struct Free {
    void operator()(void* memory) const;
  };
  std::unique_ptr<void, Free> memory_;
  std::size_t bytes_ = 0;
};

// Cuts memory into pieces that begin at cache lines. From null it counts only.
class Arena {
 public:
  explicit Arena(void* memory) : next_(static_cast<char*>(memory)) {}
  template <class T>
  T* take(std::int64_t count) {
    T* const piece = reinterpret_cast<T*>(next_);
    const std::size_t bytes = (std::size_t(count) * sizeof(T) + 63) / 64 * 64;
    next_ = next_ == nullptr ? nullptr : next_ + bytes;
    used_ += bytes;
    return piece;
  }
  std::size_t used() const { return used_; }

 private:
  char* next_;
  std::size_t used_ = 0;
};

}  // namespace paperphone::agent::kernels
