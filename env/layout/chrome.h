// The phone around the apps: status bar, gesture pill, keyboard, launcher, recents,
// toast, system dialogs.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone {

void paint_status_bar(Painter& painter, const Machine& machine, const PhoneState& state,
                      std::uint32_t ink);
void paint_gesture_bar(Painter& painter, std::uint32_t ink);
void paint_keyboard(Painter& painter, const Machine& machine, const PhoneState& state,
                    Rect area);
void paint_launcher(Painter& painter, const Machine& machine, const PhoneState& state);
void paint_recents(Painter& painter, const Machine& machine, const PhoneState& state);
void paint_toast(Painter& painter, const PhoneState& state);
void paint_system_dialog(Painter& painter, const PhoneState& state);

}  // namespace paperphone
