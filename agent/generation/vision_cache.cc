#include "agent/generation/vision_cache.h"

namespace paperphone::agent {
namespace {

std::int64_t bytes_of(const torch::Tensor& tensor) {
  return tensor.numel() * std::int64_t(tensor.element_size());
}

}  // namespace

void VisionCache::expect(const Hash128& state) {
  if (state == state_) return;
  state_ = state;
  entries_.clear();
  index_.clear();
  bytes_ = 0;
}

torch::Tensor VisionCache::find(const Hash128& picture) {
  const auto it = index_.find(picture);
  if (it == index_.end()) {
    ++misses_;
    return {};
  }
  ++hits_;
  entries_.splice(entries_.begin(), entries_, it->second);
  return it->second->tokens_GD;
}

void VisionCache::put(const Hash128& picture, const torch::Tensor& tokens_GD) {
  if (index_.contains(picture) || bytes_of(tokens_GD) > max_bytes_) return;
  entries_.push_front({picture, tokens_GD});
  index_[picture] = entries_.begin();
  bytes_ += bytes_of(tokens_GD);
  shrink();
}

void VisionCache::set_max_bytes(std::int64_t max_bytes) {
  max_bytes_ = max_bytes;
  shrink();
}

void VisionCache::shrink() {
  while (bytes_ > max_bytes_) {
    bytes_ -= bytes_of(entries_.back().tokens_GD);
    index_.erase(entries_.back().picture);
    entries_.pop_back();
  }
}

}  // namespace paperphone::agent
