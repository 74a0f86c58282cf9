// What the process takes of the machine's memory, and what the machine has.
#pragma once

#include <cstdint>

namespace paperphone {

// The most that was ever resident; 0 where the system does not say.
std::int64_t peak_resident_bytes();
// What the machine could still give; 0 where the system does not say.
std::int64_t available_memory_bytes();

// For tables and logs: megabytes of 2^20 bytes.
inline double megabytes(std::int64_t bytes) { return double(bytes) / double(1 << 20); }

}  // namespace paperphone
