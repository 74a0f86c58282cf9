// Disturbances of everyday phones, with a random stream of their own: switching
// them on moves nothing else.
#pragma once

#include <string_view>

#include "env/sim/machine.h"

namespace paperphone {

// "clean" 0, "everyday" 1, "hostile" 2. Throws ConfigError for other names.
int nuisance_level(std::string_view suite);

// One step's chance of a disturbance that suits the present screen; the draw is
// counted in the state, so that it is part of snapshots. Returns what happened
// ("splash_ad"), empty: nothing.
std::string_view maybe_disturb(const sim::Machine& machine, sim::PhoneState& state);

// Begins this one now, whatever the suite: for tools and tests. False if there is no
// such disturbance or it does not suit the screen.
bool disturb(const sim::Machine& machine, sim::PhoneState& state, std::string_view name);

}  // namespace paperphone
