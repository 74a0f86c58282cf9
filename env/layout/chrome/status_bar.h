// The phone's topmost line: clock, who has something to say, signals, battery.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_status_bar(Painter& painter, const sim::Machine& machine,
                      const sim::PhoneState& state, std::uint32_t ink);

}  // namespace paperphone::layout
