// PhoneState as bytes: exact, unlike its JSON, and small. What is read is checked
// against the apps, so that the machine may trust it.
#pragma once

#include "env/base/bytes.h"
#include "env/sim/state/phone_state.h"

namespace paperphone::sim {

// The fields of state_fields.h in their order. Kept on disk: a change of what is
// written raises kSnapshotVersion (env/phone/snapshot.h).
void write_state(ByteWriter& out, const PhoneState& state);
// Throws DataError: cut short, or no state of a phone with these apps.
PhoneState read_state(ByteReader& in, const app::AppSet& apps);

}  // namespace paperphone::sim
