// Runs a recipe: stage after stage, with checkpoints, metrics and evaluations. A run
// that was stopped goes on where its last checkpoint stands and ends with the same
// weights, bit for bit, as one that was not (same machine, same number of threads).
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "rl/recipe/recipe.h"

namespace paperphone::rl {

struct TrainOptions {
  std::filesystem::path out;
  bool resume = false;
  // Set from a signal handler: the trainer saves after the present update and returns.
  const std::atomic<bool>* stop = nullptr;
};

struct TrainResult {
  bool finished = false;     // false: stopped, resume continues
  std::string weights_hash;  // of the agent as it is now
};

// Throws ConfigError, DataError.
TrainResult train(Recipe recipe, const TrainOptions& options);

}  // namespace paperphone::rl
