// Multiplications and additions that the model's products need, two per multiply-add:
// what a measured time is compared with.
#pragma once

#include <cstdint>
#include <span>

#include "agent/image/image_processor.h"
#include "agent/model/model_config.h"

namespace paperphone::agent {

// The decoder's layers for `tokens` new positions that look at `pairs` keys in all (of a
// causal sequence of S: S (S + 1) / 2), without the head. The last layer's way out of
// its attention is taken by `outputs` of them.
double decoder_flops(const ModelConfig& config, double tokens, double outputs,
                     double pairs);
// Logits at `positions`.
double head_flops(const ModelConfig& config, double positions);
// The vision tower with its merger.
double vision_flops(const VisionConfig& config, std::span<const PatchGrid> grids);

}  // namespace paperphone::agent
