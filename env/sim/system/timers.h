// Time passes; `after` transitions fall due on the way.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

void pass_time(Run& run, std::int64_t ms);

}  // namespace paperphone::sim
