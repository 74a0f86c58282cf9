// A finger across a widget that answers to it.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

// Turns carousels and wheels, lays the buttons behind a row bare.
ActionOutcome swipe(Run& run, const event::Swipe& swipe);
void turn_carousel(Run& run, const app::Widget& carousel, app::Ref row, int steps);
// The date or time a picker would show with this wheel turned; equal to the bind: at its
// end. steps: entries, down.
std::int64_t turned(const Machine& machine, const PhoneState& state,
                    const app::Widget& picker, app::Ref row, int wheel, int steps);

}  // namespace paperphone::sim
