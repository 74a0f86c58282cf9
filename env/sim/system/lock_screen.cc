#include "env/sim/system/lock_screen.h"

#include "env/sim/navigation.h"

namespace paperphone::sim {

ActionOutcome press_power(Run& run) {
  PhoneState& state = run.state;
  drop_focus(state);
  state.shade = Shade::kClosed;
  state.lock = state.lock == Lock::kOff ? Lock::kLocked : Lock::kOff;
  return ActionOutcome::kApplied;
}

ActionOutcome unlock(PhoneState& state) {
  if (state.lock != Lock::kLocked) return ActionOutcome::kNoTarget;
  state.lock = Lock::kOpen;
  return ActionOutcome::kApplied;
}

}  // namespace paperphone::sim
