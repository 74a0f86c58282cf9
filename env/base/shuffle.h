// An endless walk over n items: every epoch visits each once, in an order of its own.
#pragma once

#include <cstdint>

#include "env/base/rng.h"

namespace paperphone {

// The item of visit number `visit` (from 0). A pure function: the walk can be taken
// up anywhere. REQUIRES: n >= 1. Costs O(1): a Feistel permutation, cycle-walked.
std::size_t shuffled_index(const Rng& rng, std::size_t n, std::int64_t visit);

}  // namespace paperphone
