#include "rl/rewards/overlong.h"

#include <algorithm>

#include "env/base/check.h"

namespace paperphone::rl {

float overlong_penalty(int num_tokens, const OverlongConfig& config) {
  CHECK_LT(0, config.buffer_tokens);
  CHECK_LE(config.buffer_tokens, config.max_tokens);
  const double expected = double(config.max_tokens) - config.buffer_tokens;
  const double share = (expected - num_tokens) / config.buffer_tokens;
  return float(config.factor * std::clamp(share, -1.0, 0.0));
}

}  // namespace paperphone::rl
