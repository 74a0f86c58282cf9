// The power key and what lies behind it. Apps stay as they are meanwhile; the keyboard
// goes.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

ActionOutcome press_power(Run& run);
ActionOutcome unlock(PhoneState& state);

}  // namespace paperphone::sim
