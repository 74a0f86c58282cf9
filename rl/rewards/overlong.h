// DAPO's soft punishment of overlong responses.
#pragma once

namespace paperphone::rl {

struct OverlongConfig {
  int max_tokens = 96;     // longest response that is sampled
  int buffer_tokens = 24;  // of them: where the penalty grows from 0 to its full size
  double factor = 1.0;     // the full penalty, in the reward's unit
};

//   clip((max_tokens - buffer_tokens - num_tokens) / buffer_tokens, -1, 0) * factor
// Added to a response's reward: nothing up to the buffer, -factor at the limit and
// beyond, a line in between.
// REQUIRES: 0 < buffer_tokens <= max_tokens.
// Source: arXiv:2503.14476, equation 13; verl, docs/algo/dapo.md (buffer 4096 of
// 20480).
float overlong_penalty(int num_tokens, const OverlongConfig& config);

}  // namespace paperphone::rl
