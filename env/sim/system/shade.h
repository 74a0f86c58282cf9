// Notifications, the shade that lists them, and the control centre.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

void post(Run& run, Notification notification);
bool shade_answers(const Machine& machine, const PhoneState& state, int part);
ActionOutcome tap_shade(Run& run, const event::Tap& tap);
ActionOutcome pull_shade(PhoneState& state, Shade to);
// Back up; it stays in the list.
ActionOutcome push_heads_up(PhoneState& state);
ActionOutcome dismiss(PhoneState& state, int notification);
// Opens what the notification is about; it leaves the list.
ActionOutcome follow_notification(Run& run, int notification);
ActionOutcome turn_volume(Run& run, int steps);

}  // namespace paperphone::sim
