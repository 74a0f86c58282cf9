// What the process takes of the machine's memory, and what the machine has.
#pragma once

#include <cstdint>

namespace paperphone {

// The most that was resident since the start or the last reset; 0 where the system does
// not say.
std::int64_t peak_resident_bytes();
// From here on what is resident now counts. Does nothing where the system has no such
// thing.
void reset_peak_resident();
// What the machine could still give; 0 where the system does not say.
std::int64_t available_memory_bytes();

// For tables and logs: megabytes of 2^20 bytes.
inline double megabytes(std::int64_t bytes) { return double(bytes) / double(1 << 20); }

}  // namespace paperphone
