#include "agent/kernels/scratch.h"

#include <cstdlib>
#include <new>

namespace paperphone::agent::kernels {

void* Scratch::take(std::size_t bytes) {
  constexpr std::size_t kLine = 64;
  if (bytes > bytes_) {
    memory_.reset();
    bytes_ = (bytes + kLine - 1) / kLine * kLine;
    memory_.reset(std::aligned_alloc(kLine, bytes_));
    if (!memory_) {
      bytes_ = 0;
      throw std::bad_alloc();
    }
  }
  return memory_.get();
}

void Scratch::Free::operator()(void* memory) const { std::free(memory); }

}  // namespace paperphone::agent::kernels
