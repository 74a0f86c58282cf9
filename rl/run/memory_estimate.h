// What a recipe will take of the machine's memory, before it starts: a sum, to be told
// apart from what the machine has. It refuses nothing. It is meant to be a little more
// than what is taken; how far off it was is in tests/rl/memory_estimate_test.cc.
#pragma once

#include <cstdint>
#include <string>

#include "agent/model/model_config.h"
#include "rl/recipe/recipe.h"

namespace paperphone::rl {

struct MemorySubject {
  agent::ModelConfig model;
  std::int64_t num_parameters = 0;
  std::int64_t num_trainable = 0;     // at most, in any stage
  std::int64_t num_image_tokens = 0;  // of one screenshot
};

// Bytes, of the stage that takes most, its evaluation included.
struct MemoryEstimate {
  std::string stage;
  double weights = 0;         // with copies in bfloat16 and those of the KL term
  double optimizer = 0;       // moments and gradients
  double caches = 0;          // image tokens, keys and values of earlier prompts
  double phones = 0;          // program, apps and fonts, and every phone beside another
  double demonstrations = 0;  // or states, or screens: what is learned from
  double batch = 0;           // what a pass over a batch keeps, learning or playing
  double total() const {
    return weights + optimizer + caches + phones + demonstrations + batch;
  }
};
MemoryEstimate estimate_memory(const Recipe& recipe, const MemorySubject& subject);

// "about 2.1 GB of memory in stage1: weights 0.1, optimizer 0.1, ..."; with the
// machine's `available` bytes where they are fewer.
std::string memory_line(const MemoryEstimate& estimate, std::int64_t available);

}  // namespace paperphone::rl
