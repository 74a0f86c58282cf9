// Image tokens by the picture's hash, for as long as the vision tower stands still:
// frames come back (the launcher, an app's first page; every epoch of a training run).
#pragma once

#include <cstdint>
#include <list>
#include <map>

#include "agent/ops/tensor.h"
#include "env/base/hash.h"

namespace paperphone::agent {

class VisionCache {
 public:
  // Least recently used pictures are forgotten above `max_bytes`; 0: keeps none.
  explicit VisionCache(std::int64_t max_bytes) : max_bytes_(max_bytes) {}

  // `state` says which weights and arithmetic the tokens come from: another one empties
  // the cache.
  void expect(const Hash128& state);
  torch::Tensor find(const Hash128& picture);  // [G, D], or undefined
  void put(const Hash128& picture, const torch::Tensor& tokens_GD);

  void set_max_bytes(std::int64_t max_bytes);
  std::int64_t bytes() const { return bytes_; }
  std::int64_t hits() const { return hits_; }
  std::int64_t misses() const { return misses_; }

 private:
  struct Entry {
    Hash128 picture;
    torch::Tensor tokens_GD;
  };
  void shrink();

  std::int64_t max_bytes_;
  std::int64_t bytes_ = 0, hits_ = 0, misses_ = 0;
  Hash128 state_;
  std::list<Entry> entries_;  // most recently used first
  std::map<Hash128, std::list<Entry>::iterator> index_;
};

}  // namespace paperphone::agent
