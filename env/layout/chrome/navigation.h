// The gesture pill or three buttons, at the bottom.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

int navigation_height(const sim::PhoneState& state);
void paint_navigation(Painter& painter, const sim::PhoneState& state,
                      std::uint32_t ink);

}  // namespace paperphone::layout
