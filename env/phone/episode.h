// All of a phone's episode, as a value, and how one is drawn. Private to env/phone.
#pragma once

#include <memory>

#include "env/env.h"
#include "env/phone/phone_env.h"
#include "env/sim/state/phone_state.h"
#include "env/task/evidence/sight.h"
#include "env/task/task.h"
#include "env/touch/scale.h"

namespace paperphone {

struct PhoneEpisode {
  sim::PhoneState state;
  std::shared_ptr<const task::TaskInstance> task;  // immutable, so sharing is safe
  Variation variation;
  int step = 0;
  float progress = 0.0f;
  task::Sight sight;  // of its frames; nothing where nobody asks for it

  touch::Scale scale() const;  // of its screen
};

// What a Snapshot of a PhoneEnv holds.
struct PhoneSnapshot {
  PhoneEpisode episode;
  Env::EpisodeState env;
  // Keeps alive what the task points to; shared by all environments of a pool.
  std::shared_ptr<const PhoneShared> shared;
};

// The device and the suite are known ones. Throws ConfigError naming them.
void check_variation(const Variation& variation);

// A fresh world, the phone as the variation has it, a task that makes sense there. Throws
// ConfigError: unknown task, split or variation; DataError: the task asked for has no
// instance in this world.
PhoneEpisode draw_episode(const PhoneShared& shared, const PhoneEnvConfig& config,
                          const Rng& rng, const ResetOptions& options);

// The same episode among these apps, which have the content of those it was drawn from.
PhoneEpisode moved_onto(const app::AppSet& apps, const PhoneEpisode& episode);

}  // namespace paperphone
