// Image tokens by the picture's hash, for as long as the vision tower stands still:
// frames come back (the launcher, an app's first page; every epoch of a training run).
#pragma once

#include <cstdint>

#include "agent/ops/tensor.h"
#include "env/base/hash.h"
#include "env/base/lru.h"

namespace paperphone::agent {

class VisionCache {
 public:
  // Least recently used pictures are forgotten above `max_bytes`; 0: keeps none.
  explicit VisionCache(std::int64_t max_bytes) : tokens_(std::size_t(max_bytes)) {}

  // `state` says which weights and arithmetic the tokens come from: another one empties
  // the cache.
  void expect(const Hash128& state);
  torch::Tensor find(const Hash128& picture);  // [G, D], or undefined
  void put(const Hash128& picture, const torch::Tensor& tokens_GD);

  void set_max_bytes(std::int64_t max_bytes) {
    tokens_.set_max_bytes(std::size_t(max_bytes));
  }
  std::int64_t bytes() const { return std::int64_t(tokens_.bytes()); }
  std::int64_t hits() const { return hits_; }
  std::int64_t misses() const { return misses_; }

 private:
  std::int64_t hits_ = 0, misses_ = 0;
  Hash128 state_;
  Lru<Hash128, torch::Tensor> tokens_;
};

}  // namespace paperphone::agent
