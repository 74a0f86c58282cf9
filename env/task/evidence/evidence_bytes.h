// Evidence outside memory: a part of an episode's snapshot.
#pragma once

#include "env/base/bytes.h"
#include "env/task/evidence/evidence.h"

namespace paperphone::task {

void write_evidence(ByteWriter& out, const Evidence& evidence);
// Throws DataError.
Evidence read_evidence(ByteReader& in);

}  // namespace paperphone::task
