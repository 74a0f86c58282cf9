// The inside of Machine::apply: one event being carried out on one state.
#pragma once

#include "env/sim/machine.h"

namespace paperphone::sim {

struct Run {
  const Machine& machine;
  PhoneState& state;
  int entered = 0;  // screens entered by this event: bounds `enter` chains

  const app::AppSet& apps() const { return machine.apps(); }
  ScreenEntry& top() { return state.recents.back().stack.back(); }
  app::EvalContext context(app::Ref row = {}, app::Ref made = {}) const {
    app::EvalContext context = machine.context(state, row);
    context.made = made;
    return context;
  }
};

}  // namespace paperphone::sim
