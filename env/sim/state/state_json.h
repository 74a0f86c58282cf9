// The parts of state_to_json. Private to env/sim and the snapshots.
#pragma once

#include <nlohmann/json.hpp>

#include "env/sim/state/phone_state.h"

namespace paperphone {

// Everything around the world: clock, back stacks, focus, dialogs...
nlohmann::ordered_json phone_json(const PhoneState& state, const AppSet& apps);
// {"state": {variable: value}, "records": {table: [{"id": 0, column: value}]}}.
nlohmann::ordered_json app_json(const AppData& data, const AppSpec& spec,
                                const AppSet& apps);
nlohmann::ordered_json state_json(const PhoneState& state, const AppSet& apps);
nlohmann::ordered_json value_json(const Value& value, Type type, const AppSet& apps);

}  // namespace paperphone
