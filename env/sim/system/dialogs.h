// What lies over everything and wants an answer, and what the answers do.
#pragma once

#include <string>

#include "env/sim/run.h"

namespace paperphone::sim {

// 是否允许“信聊”…: what an app that needs the permission shows.
SystemDialog ask_permission(const PhoneState& state, const app::AppSet& apps, int app,
                            app::Permission permission);

ActionOutcome tap_dialog(Run& run, int button);
ActionOutcome leave_dialog(Run& run);  // Back
// What belongs to the app in front (its splash, its skeleton) goes with it.
void drop_app_dialogs(PhoneState& state);
void close_expired(PhoneState& state);
// True if the transition may go on. Else the owner has been asked, or has refused.
bool permitted(Run& run, const app::Transition& transition, app::Ref row);
void offer_share(Run& run, std::string text);

}  // namespace paperphone::sim
