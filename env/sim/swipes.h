// A finger across a widget that answers to it.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

// Turns carousels and wheels, lays the buttons behind a row bare.
ActionOutcome swipe(Run& run, const event::Swipe& swipe);
void turn_carousel(Run& run, const app::Widget& carousel, app::Ref row, int steps);
// By how much a part of a picker turns which wheel, from 0. The wheels themselves are
// the last parts: no steps.
struct WheelTurn {
  int wheel = 0;
  int steps = 0;
};
WheelTurn turn_of(const app::Widget& picker, int part);
// The date or time a picker would show after the turn; equal to the bind: at its end.
std::int64_t turned(const Machine& machine, const PhoneState& state,
                    const app::Widget& picker, app::Ref row, WheelTurn turn);

}  // namespace paperphone::sim
