// How much several threads do together: rates by threads ("1", "2", ...), and the gain
// of the most over one.
#pragma once

#include <nlohmann/json.hpp>

#include "env/phone/phone_env.h"

namespace paperphone::tools {

// Steps a second of 32 phones in a vector at 360x800, resets included: `logic` without
// pixels, `pixels` copied into a batch, `own_screens` in the vector's own memory.
nlohmann::ordered_json vector_rates(const std::shared_ptr<const PhoneShared>& shared,
                                    double seconds, std::uint64_t seed);

// The machine's own limit: frames a second, of 32 at 360x800, copied into a batch.
nlohmann::ordered_json copy_rates(double seconds);

}  // namespace paperphone::tools
