// What differs between two states of one phone, in readable addresses.
#pragma once

#include <string>
#include <vector>

#include "env/sim/state/phone_state.h"

namespace paperphone::sim {

// before, after: JSON ("3", "\"已下单\"", "null" for what is not there).
struct StateChange {
  std::string address;  // "shop.cart[3].quantity", "recents[0].stack[1].scroll"
  std::string before;
  std::string after;
  std::string str() const;  // "shop.cart[3].quantity: 1 -> 2"
  bool operator==(const StateChange&) const = default;
};

// Unlike diff_worlds (goals and side effects), everything that state_to_json shows:
// view variables, the back stacks, focus, keyboard, dialogs, clock. A row that was
// added or deleted is one change. Ordered as state_to_json writes.
std::vector<StateChange> diff_states(const PhoneState& before, const PhoneState& after,
                                     const app::AppSet& apps);

}  // namespace paperphone::sim
