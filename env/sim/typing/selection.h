// Selected text, its menu, the clipboard.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

// A long press on a text or a field that no transition is about.
ActionOutcome select(Run& run, const event::Hold& hold);
bool selection_answers(const Machine& machine, const PhoneState& state, int part);
ActionOutcome tap_selection(Run& run, int part);
// What typing replaces goes. Called before text comes in.
void erase_selected(Run& run);

}  // namespace paperphone::sim
