// All of a phone's episode, as a value. Private to phone_env and phone_snapshot.
#pragma once

#include <memory>

#include "env/env.h"
#include "env/sim/state/phone_state.h"
#include "env/task/task.h"

namespace paperphone {

class PhoneShared;

struct PhoneEpisode {
  sim::PhoneState state;
  std::shared_ptr<const task::TaskInstance> task;  // immutable, so sharing is safe
  Variation variation;
  int step = 0;
  float progress = 0.0f;
};

// What a Snapshot of a PhoneEnv holds.
struct PhoneSnapshot {
  PhoneEpisode episode;
  Env::Course course;
  // Keeps alive what the task points to; shared by all environments of a pool.
  std::shared_ptr<const PhoneShared> shared;
};

// The device and the suite are known ones. Throws ConfigError naming them.
void check_variation(const Variation& variation);

}  // namespace paperphone
