// What a widget does on a tap that no transition is about.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

// Also where it would write nothing: a day that is not offered.
app::Default default_of(const app::Widget& widget, int part);
bool offers_default(const Machine& machine, const PhoneState& state,
                    const app::Widget& widget, int part, app::Ref row);
// Would the default change nothing because its end is reached?
bool default_is_disabled(const Machine& machine, const PhoneState& state,
                         const app::Widget& widget, int part, app::Ref row);
void run_default(Run& run, const app::Widget& widget, const event::Tap& tap);

}  // namespace paperphone::sim
