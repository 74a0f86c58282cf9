// World and its values as bytes. Readers throw DataError for what no phone with these
// apps can hold.
#pragma once

#include "env/app/spec.h"
#include "env/app/world/world.h"
#include "env/base/bytes.h"

namespace paperphone::sim {

// Beside another world that whoever reads it will have at hand: what `world` shares
// with `base` is only mentioned, and shared again when it is read.
void write_world(ByteWriter& out, const app::World& world, const app::World& base);
app::World read_world(ByteReader& in, const app::AppSet& apps, const app::World& base);

void write_value(ByteWriter& out, const app::Value& value);
// none, or a value of the type.
app::Value read_value(ByteReader& in, const app::AppSet& apps, app::Type type);

void write_ref(ByteWriter& out, app::Ref ref);
app::Ref read_ref(ByteReader& in, const app::AppSet& apps);

}  // namespace paperphone::sim
