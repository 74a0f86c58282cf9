// Disturbances of everyday phones, with a random stream of their own: switching
// them on moves nothing else.
#pragma once

#include <string_view>

#include "env/sim/phone_state.h"

namespace paperphone {

// "clean" 0, "everyday" 1, "hostile" 2. Throws ConfigError for other names.
int nuisance_level(std::string_view suite);

// One step's chance of a disturbance; the draw is counted in the state, so that it
// is part of snapshots. Returns what happened ("low_battery"), empty: nothing.
std::string_view maybe_disturb(PhoneState& state);

}  // namespace paperphone
