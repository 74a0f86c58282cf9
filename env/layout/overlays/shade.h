// Pulled down from the top: notifications, control centre; and the latest notification
// that shows at the top by itself.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_heads_up(Painter& painter, const sim::Machine& machine,
                    const sim::PhoneState& state);
void paint_shade(Painter& painter, const sim::Machine& machine,
                 const sim::PhoneState& state);

}  // namespace paperphone::layout
