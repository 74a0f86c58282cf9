// The phone around the apps: status bar, navigation, keyboard, launcher, recents,
// toast, dialogs, shade, lock screen, selection menu.
#pragma once

#include <string>
#include <vector>

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_status_bar(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state,
                      std::uint32_t ink);
std::string clock_text(const sim::PhoneState& state, const app::AppSet& apps);
std::string date_text(const sim::PhoneState& state, const app::AppSet& apps);
void paint_wallpaper(Painter& painter, const app::AppSet& apps, const sim::PhoneState& state,
                     std::uint32_t veil);
// The gesture pill or three buttons, at the bottom.
int navigation_height(const sim::PhoneState& state);
void paint_navigation(Painter& painter, const sim::PhoneState& state, std::uint32_t ink);
void paint_keyboard(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state,
                    Rect area);
// A rounded square in the app's colour with its white sign.
void paint_app_icon(Painter& painter, const app::AppSpec& app, Rect box, int radius);
// launcher.cc
void paint_launcher(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state);

inline constexpr int kRecentsCards = 6;
// screens[i]: what the i-th latest app shows, for its card. recents.cc
void paint_recents(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state,
                   const std::vector<Frame>& screens);
void paint_toast(Painter& painter, const sim::PhoneState& state);
// dialogs.cc
void paint_system_dialog(Painter& painter, const sim::Machine& machine,
                         const sim::PhoneState& state);
// shade.cc
void paint_heads_up(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state);
void paint_shade(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state);
// White card with the app's icon, title, text and time.
void paint_notice(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state,
                  const sim::Notification& notice, Rect card);
// lock_screen.cc
void paint_lock_screen(Painter& painter, const sim::Machine& machine,
                       const sim::PhoneState& state);
// selection_menu.cc
void paint_selection(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state);

}  // namespace paperphone::layout
