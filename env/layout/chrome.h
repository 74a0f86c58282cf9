// The phone around the apps: status bar, gesture pill, keyboard, launcher, recents,
// toast, system dialogs.
#pragma once

#include <vector>

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone {

void paint_status_bar(Painter& painter, const Machine& machine, const PhoneState& state,
                      std::uint32_t ink);
void paint_gesture_bar(Painter& painter, std::uint32_t ink);
void paint_keyboard(Painter& painter, const Machine& machine, const PhoneState& state,
                    Rect area);
// A rounded square in the app's colour with its white sign.
void paint_app_icon(Painter& painter, const AppSpec& app, Rect box, int radius);
void paint_launcher(Painter& painter, const Machine& machine, const PhoneState& state);

inline constexpr int kRecentsCards = 6;
// screens[i]: what the i-th latest app shows, for its card. recents.cc
void paint_recents(Painter& painter, const Machine& machine, const PhoneState& state,
                   const std::vector<Frame>& screens);
void paint_toast(Painter& painter, const PhoneState& state);
void paint_system_dialog(Painter& painter, const PhoneState& state);

}  // namespace paperphone
