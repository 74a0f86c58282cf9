// Random actions over all tasks, with everything that came out folded into three
// hashes: equal seeds give equal hashes for any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "env/phone/phone_env.h"

namespace paperphone::tools {

struct WalkConfig {
  std::uint64_t seed = 1;
  std::int64_t steps = 1000;  // in all; rounded up to a multiple of num_envs
  int num_envs = 1;
  int num_threads = 1;
  bool pixels = true;
  Variation variation;
};

struct WalkResult {
  Hash128 state_hash;   // of all Info::state_hash, row by row
  Hash128 reward_hash;  // of rewards and end flags
  Hash128 frame_hash;
  std::int64_t steps = 0;  // actions taken; the steps that only reset are not counted
  std::int64_t episodes = 0;
};

WalkResult random_walk(std::shared_ptr<const PhoneShared> shared,
                       const WalkConfig& config,
                       const std::function<void(std::int64_t)>& on_progress = {});

}  // namespace paperphone::tools
