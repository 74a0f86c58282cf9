// Where tensors' memory comes from. A training step allocates and frees the same large
// blocks over and over; a system that takes each back has to clear its pages anew, a
// third of a step's time. One that keeps everything keeps what other shapes cannot use.
//
// So large blocks come in size classes, eight to an octave, and wait for the next tensor.
// What is held, lent or waiting, stays within 64 MiB and nine eighths of the most that was
// ever lent at once; beyond that the blocks that waited longest go back to the system
// first. Small blocks are malloc's.
#pragma once

#include <cstddef>

namespace paperphone::agent {

struct TensorMemory {
  std::size_t lent = 0;       // bytes of large blocks that tensors have now
  std::size_t most_lent = 0;  // the most since the process began
  std::size_t held = 0;       // lent, and waiting for the next tensor
};

// From now on all tensors of the CPU are allocated so. Tensors that exist stay as they
// are. May be called more than once.
void keep_tensor_memory();
TensorMemory tensor_memory();
// The most that may be held after `most_lent` bytes were lent.
std::size_t tensor_memory_limit(std::size_t most_lent);
// A block's size when `bytes` are asked for: the next size class.
std::size_t tensor_block_bytes(std::size_t bytes);

}  // namespace paperphone::agent
