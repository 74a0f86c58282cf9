// Home: pages of icons, folders, the dock, the search over all apps, the menu of an
// icon.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_launcher(Painter& painter, const sim::Machine& machine,
                    const sim::PhoneState& state);

}  // namespace paperphone::layout
