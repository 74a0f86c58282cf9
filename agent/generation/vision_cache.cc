#include "agent/generation/vision_cache.h"

namespace paperphone::agent {

void VisionCache::expect(const Hash128& state) {
  if (state == state_) return;
  state_ = state;
  tokens_.clear();
}

torch::Tensor VisionCache::find(const Hash128& picture) {
  const torch::Tensor* found = tokens_.find(picture);
  ++(found != nullptr ? hits_ : misses_);
  return found != nullptr ? *found : torch::Tensor();
}

void VisionCache::put(const Hash128& picture, const torch::Tensor& tokens_GD) {
  tokens_.add(picture, tokens_GD, tokens_GD.nbytes());
}

}  // namespace paperphone::agent
