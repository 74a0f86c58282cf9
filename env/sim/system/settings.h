// What 设置, an app like others, knows of the apps.
#pragma once

#include "env/sim/machine.h"

namespace paperphone::sim {

// Its row about the app, named by the app's title; none: phones without 设置, or
// without a row for the app.
app::Ref settings_row(const Machine& machine, const PhoneState& state, int app);

}  // namespace paperphone::sim
