// The parts of state_to_json. Private to env/sim and the snapshots.
#pragma once

#include <nlohmann/json.hpp>

#include "env/sim/state/phone_state.h"

namespace paperphone::sim {

// Everything around the world: clock, back stacks, focus, dialogs...
nlohmann::ordered_json phone_json(const PhoneState& state, const app::AppSet& apps);
// {"state": {variable: value}, "records": {table: [{"id": 0, column: value}]}}.
nlohmann::ordered_json app_json(const app::AppData& data, const app::AppSpec& spec,
                                const app::AppSet& apps);
nlohmann::ordered_json state_json(const PhoneState& state, const app::AppSet& apps);
nlohmann::ordered_json value_json(const app::Value& value, app::Type type,
                                  const app::AppSet& apps);

}  // namespace paperphone::sim
