// A finger on a target: what it would set off, and doing so.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

ActionOutcome tap(Run& run, const event::Tap& tap);
ActionOutcome hold(Run& run, const event::Hold& hold);

}  // namespace paperphone::sim
