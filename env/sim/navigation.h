// From screen to screen and app to app: back stacks, home, recents.
#pragma once

#include <vector>

#include "env/sim/run.h"

namespace paperphone::sim {

ActionOutcome press_back(Run& run);
void go(Run& run, const app::GoTo& target, std::vector<app::Value> args);
// `press: back` of the screen, else pop_screen.
void leave_screen(Run& run);
void pop_screen(Run& run);  // at the root: to the launcher
void go_home(Run& run);
void toggle_recents(Run& run);
void bring_to_front(Run& run, int app);  // starts it if it is not in recents
ActionOutcome open_app(Run& run, int app);
void drop_focus(PhoneState& state);

}  // namespace paperphone::sim
