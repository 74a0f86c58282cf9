// What an app's `when` says: which transition an event takes, and carrying it out.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

// The first transition of the top screen for this event whose condition holds.
// part: exact; -1 is the widget as a whole.
const app::Transition* find_transition(const Machine& machine, const PhoneState& state,
                                       app::Trigger trigger, int widget = -1,
                                       int part = -1, app::Ref row = {});
// Effects in the order written, then `go`.
void run_transition(Run& run, const app::Transition& transition, app::Ref row = {});
// False if there is none to run.
bool fire(Run& run, app::Trigger trigger, int widget = -1, int part = -1,
          app::Ref row = {});
void write(Run& run, const app::Place& place, const app::EvalContext& context,
           app::Value value);

}  // namespace paperphone::sim
