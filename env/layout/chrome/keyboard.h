// The keyboard: candidates, letters, digits, signs.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_keyboard(Painter& painter, const sim::Machine& machine,
                    const sim::PhoneState& state, Rect area);

}  // namespace paperphone::layout
