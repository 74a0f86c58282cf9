#include "agent/ops/tensor_memory.h"

#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <list>
#include <map>
#include <mutex>
#include <new>

namespace paperphone::agent {
namespace {

constexpr std::size_t kHeader = 64;  // before a block's memory, which so is aligned
constexpr std::size_t kPage = 4096;
constexpr std::size_t kSmall = 128 << 10;  // below it malloc is good enough
constexpr std::size_t kSlackBytes = std::size_t(64) << 20;
constexpr std::size_t kStepsOfAnOctave = 8;
constexpr std::size_t kLargestExcess = 4;  // a quarter more than was asked for will do

class TensorPool {
 public:
  struct Block {
    void* memory = nullptr;
    std::size_t bytes = 0;
  };

  // Without memory if there is none.
  Block take(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.lower_bound(bytes);
    if (found != waiting_.end() && found->first <= bytes + bytes / kLargestExcess) {
      const auto waiting = found->second.back();  // still warm
      const Block block = *waiting;
      found->second.pop_back();
      if (found->second.empty()) waiting_.erase(found);
      oldest_first_.erase(waiting);
      lend(block);
      return block;
    }
    state_.held += bytes;
    state_.most_lent = std::max(state_.most_lent, state_.lent + bytes);
    trim();
    Block block{map(bytes), bytes};
    if (block.memory == nullptr) {
      give_back_down_to(0);
      block.memory = map(bytes);
    }
    if (block.memory == nullptr)
      state_.held -= bytes;
    else
      lend(block);
    return block;
  }

  void give(const Block& block) {
    const std::lock_guard lock(mutex_);
    state_.lent -= block.bytes;
    oldest_first_.push_back(block);
    waiting_[block.bytes].push_back(std::prev(oldest_first_.end()));
    trim();
  }

  TensorMemory state() {
    const std::lock_guard lock(mutex_);
    return state_;
  }

 private:
  using Blocks = std::list<Block>;

  void lend(const Block& block) {
    state_.lent += block.bytes;
    state_.most_lent = std::max(state_.most_lent, state_.lent);
  }
  static void* map(std::size_t bytes) {
    void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? nullptr : memory;
  }
  void trim() { give_back_down_to(tensor_memory_limit(state_.most_lent)); }
  void give_back_down_to(std::size_t limit) {
    while (state_.held > limit && !oldest_first_.empty()) {
      const Block block = oldest_first_.front();
      const auto same_size = waiting_.find(block.bytes);
      same_size->second.pop_front();  // in a class, too, the oldest is the first
      if (same_size->second.empty()) waiting_.erase(same_size);
      oldest_first_.pop_front();
      ::munmap(block.memory, block.bytes);
      state_.held -= block.bytes;
    }
  }

  std::mutex mutex_;
  TensorMemory state_;
  Blocks oldest_first_;                                         // that wait
  std::map<std::size_t, std::list<Blocks::iterator>> waiting_;  // by size
};

// Never destroyed: tensors of static objects outlive everything.
TensorPool& pool() {
  static auto* const the_pool = new TensorPool;
  return *the_pool;
}

struct Header {
  std::size_t block_bytes;  // 0: malloc's
};
static_assert(sizeof(Header) <= kHeader);

void release(void* data) {
  if (data == nullptr) return;
  void* const block = static_cast<char*>(data) - kHeader;
  const std::size_t block_bytes = static_cast<Header*>(block)->block_bytes;
  if (block_bytes == 0)
    std::free(block);
  else
    pool().give({block, block_bytes});
}

struct TensorAllocator final : c10::Allocator {
  c10::DataPtr allocate(std::size_t bytes) const override {
    if (bytes == 0) return {nullptr, nullptr, &release, c10::Device(c10::kCPU)};
    // A negative size that was made unsigned.
    TORCH_CHECK(bytes < std::size_t(1) << 48, "a tensor of ", bytes, " bytes");
    void* block = nullptr;
    std::size_t block_bytes = 0;
    if (bytes < kSmall) {
      if (::posix_memalign(&block, kHeader, bytes + kHeader) != 0) block = nullptr;
    } else {
      const TensorPool::Block taken = pool().take(tensor_block_bytes(bytes));
      block = taken.memory;
      block_bytes = taken.bytes;
    }
    TORCH_CHECK(block != nullptr, "no memory for a tensor of ", bytes, " bytes");
    new (block) Header{block_bytes};
    void* const data = static_cast<char*>(block) + kHeader;
    return {data, data, &release, c10::Device(c10::kCPU)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }
};

}  // namespace

std::size_t tensor_block_bytes(std::size_t bytes) {
  const std::size_t needed = bytes + kHeader;
  const std::size_t step =
      std::max(kPage, std::bit_floor(needed - 1) / kStepsOfAnOctave);
  return (needed + step - 1) / step * step;
}

std::size_t tensor_memory_limit(std::size_t most_lent) {
  return most_lent + most_lent / 8 + kSlackBytes;
}

TensorMemory tensor_memory() { return pool().state(); }

void keep_tensor_memory() {
  static TensorAllocator allocator;
  c10::SetCPUAllocator(&allocator, /*priority=*/1);
}

}  // namespace paperphone::agent
