// A sentence over everything that goes by itself.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_toast(Painter& painter, const sim::PhoneState& state);

}  // namespace paperphone::layout
