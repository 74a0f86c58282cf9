// Sampling with a key/value cache: one prefill per prompt, shared by all samples
// drawn from it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agent/generation/generation_options.h"
#include "agent/generation/prefix_cache.h"
#include "agent/image/image_processor.h"
#include "agent/model/qwen2_5_vl.h"
#include "agent/text/sample.h"

namespace paperphone::agent {

struct GenerationRequest {
  Prompt prompt;
  // One sample per seed: a group. All requests of a call need the same number.
  std::vector<std::uint64_t> seeds;
};

struct Generated {
  std::vector<std::int64_t> ids;         // the stop token included, if it came
  std::vector<float> logprobs;           // as in Sample::logprobs
  std::vector<float> sampling_logprobs;  // as in Sample::sampling_logprobs
  FinishReason finish = FinishReason::kStop;
};

// Returns, per request, one Generated per seed. Draw i of a sample uses draw i of
// Rng(seed): a sample depends on its prompt and seed, and on the other rows only
// through the last bits of sums (in exact arithmetic: not at all). No gradients.
// `prefixes`, if given, lends beginnings of prompts and keeps those of this call.
std::vector<std::vector<Generated>> generate(
    Qwen25Vl model, const ImageProcessorConfig& images,
    std::span<const GenerationRequest> requests, const GenerationOptions& options,
    PrefixCache* prefixes = nullptr);

struct SampledToken {
  std::int64_t id = 0;
  double logprob = 0;  // under the distribution it was drawn from; greedy: 0
};
// The token that `options` and one uniform number choose from raw logits (float32,
// [T]); `penalized_ids` are the ids that the repetition penalty covers. Exposed for
// tests.
SampledToken sample_token(std::span<const float> logits_T,
                          const GenerationOptions& options,
                          std::span<const std::int64_t> penalized_ids, double uniform);

}  // namespace paperphone::agent
