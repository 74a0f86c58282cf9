// One notification on its card.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

// A white card with the app's icon, title, text and time.
void paint_notification(Painter& painter, const sim::Machine& machine,
                        const sim::PhoneState& state, const sim::Notification& notice,
                        Rect card);

}  // namespace paperphone::layout
