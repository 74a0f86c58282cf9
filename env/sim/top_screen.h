// Looking at the screen in front.
#pragma once

#include "env/sim/machine.h"

namespace paperphone::sim {

// nullptr: no app is in front.
const app::ScreenSpec* top_screen(const app::AppSet& apps, const PhoneState& state);

// The widget of the top screen, or nullptr: no app in front, no such widget, its
// list row is gone, or `show` hides it.
const app::Widget* live_widget(const Machine& machine, const PhoneState& state,
                               std::int32_t widget, app::Ref row);

}  // namespace paperphone::sim
