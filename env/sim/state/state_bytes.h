// PhoneState and World as bytes: exact, unlike their JSON, and small. What is read is
// checked against the apps, so that the machine may trust it.
#pragma once

#include "env/base/bytes.h"
#include "env/sim/state/phone_state.h"

namespace paperphone {

// Kept on disk: a change of what is written raises kSnapshotVersion (phone_snapshot.h).
void write_state(ByteWriter& out, const PhoneState& state);
// Throws DataError: cut short, or no state of a phone with these apps.
PhoneState read_state(ByteReader& in, const AppSet& apps);

// What `world` shares with `base` is only mentioned, and shared again when it is read.
void write_world(ByteWriter& out, const World& world, const World& base);
World read_world(ByteReader& in, const AppSet& apps, const World& base);

void write_value(ByteWriter& out, const Value& value);
// none, or a value of the type.
Value read_value(ByteReader& in, const AppSet& apps, Type type);

}  // namespace paperphone
