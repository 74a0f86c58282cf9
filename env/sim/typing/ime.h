// The keyboard's keys, and half-typed pinyin turned into candidates.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

ActionOutcome tap_ime(Run& run, std::int32_t key);
// Writes half-typed letters as they are. False if there were none.
bool commit_letters(Run& run);

}  // namespace paperphone::sim
