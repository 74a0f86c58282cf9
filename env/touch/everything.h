// What a finger could do on a screen: each thing that answers once.
#pragma once

#include <vector>

#include "env/advice.h"
#include "env/layout/frame.h"
#include "env/sim/machine.h"
#include "env/touch/scale.h"

namespace paperphone::touch {

// Taps, long presses that something answers, swipes up, down and sideways, buttons. Not
// what needs words: typing, be it key by key, answers, opening an app by its name.
std::vector<AcceptableAction> everything(const sim::Machine& machine, const layout::Frame& frame,
                                         const sim::PhoneState& state, Scale scale);

}  // namespace paperphone::touch
