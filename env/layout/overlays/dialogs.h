// What lies over everything and wants an answer.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_system_dialog(Painter& painter, const sim::Machine& machine,
                         const sim::PhoneState& state);

}  // namespace paperphone::layout
