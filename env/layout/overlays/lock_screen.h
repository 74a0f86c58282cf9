// The locked phone, and the dark one.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_lock_screen(Painter& painter, const sim::Machine& machine,
                       const sim::PhoneState& state);

}  // namespace paperphone::layout
