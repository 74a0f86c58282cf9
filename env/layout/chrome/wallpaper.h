// What lies behind launcher and lock screen.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

// veil: a translucent colour over it.
void paint_wallpaper(Painter& painter, const app::AppSet& apps,
                     const sim::PhoneState& state, std::uint32_t veil);

}  // namespace paperphone::layout
