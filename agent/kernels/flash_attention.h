// Attention by tiles, for processors with products of bfloat16 pairs (AVX512-BF16):
// scores stay in the cache, on the way back they are computed again, and tiles that no
// query sees are left out. Plain pointers, no torch. bfloat16 in and out, float32 sums,
// softmax and logarithms. Source: FlashAttention-2, arXiv:2307.08691; a CPU core has
// room for whole rows of scores, so the forward pass needs no running maximum.
//
// A unit is what shares keys: runs of keys, and blocks of queries that see the
// beginnings of some of the runs. Units are independent; within one everything happens
// in order, so that results do not depend on the number of threads.
//
// Shape letters: E values per head.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "agent/kernels/kernels.h"
#include "agent/kernels/scratch.h"

namespace paperphone::agent::kernels {

// Whether this processor, and heads of E values, can.
bool has_flash_attention(std::int64_t E);

// Keys and values that stand one after the other, [count, E], and where their gradients
// go (backwards only).
struct KeyBlock {
  const Bf16* keys = nullptr;
  const Bf16* values = nullptr;
  std::int64_t count = 0;
  Bf16* dkeys = nullptr;
  Bf16* dvalues = nullptr;
};

// Query i of a block attends to the first min(most, first + step * i) keys of a run:
// step 1 is a causal mask, step 0 the same keys for all.
struct AttentionMask {
  std::int64_t run = 0;
  std::int64_t first = 0;
  std::int64_t step = 0;
  std::int64_t most = 0;
};

// Queries that stand one after the other, [count, E]. Every query sees a key.
struct QueryBlock {
  const Bf16* queries = nullptr;
  std::int64_t count = 0;
  std::array<AttentionMask, 2> masks;
  int num_masks = 1;
  Bf16* out = nullptr;  // softmax(scale q k^T) v; backwards: read
  float* log_sums =
      nullptr;  // [count] base-2 logarithms of the softmax's sums; the same
  const Bf16* dout = nullptr;  // backwards only
  Bf16* dqueries = nullptr;
};

// REQUIRES: has_flash_attention(E).
void flash_attention(std::span<const KeyBlock> runs, std::span<const QueryBlock> blocks,
                     std::int64_t E, float scale, Scratch& scratch);
void flash_attention_backward(std::span<const KeyBlock> runs,
                              std::span<const QueryBlock> blocks, std::int64_t E,
                              float scale, Scratch& scratch);

}  // namespace paperphone::agent::kernels
