// PhoneState and World as bytes: exact, unlike their JSON, and small. What is read is
// checked against the apps, so that the machine may trust it.
#pragma once

#include "env/base/bytes.h"
#include "env/sim/state/phone_state.h"

namespace paperphone::sim {

// Kept on disk: a change of what is written raises kSnapshotVersion (phone_snapshot.h).
void write_state(ByteWriter& out, const PhoneState& state);
// Throws DataError: cut short, or no state of a phone with these apps.
PhoneState read_state(ByteReader& in, const app::AppSet& apps);

// What `world` shares with `base` is only mentioned, and shared again when it is read.
void write_world(ByteWriter& out, const app::World& world, const app::World& base);
app::World read_world(ByteReader& in, const app::AppSet& apps, const app::World& base);

void write_value(ByteWriter& out, const app::Value& value);
// none, or a value of the type.
app::Value read_value(ByteReader& in, const app::AppSet& apps, app::Type type);

}  // namespace paperphone::sim
