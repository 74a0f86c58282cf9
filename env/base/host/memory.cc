#include "env/base/host/memory.h"

#include <fstream>
#include <limits>
#include <string>

namespace paperphone {
namespace {

// "VmHWM:     12345 kB" of a file of /proc.
std::int64_t field_bytes(const char* file, const std::string& name) {
  std::ifstream in(file);
  for (std::string word; in >> word;) {
    std::int64_t kilobytes = 0;
    if (word == name && in >> kilobytes) return kilobytes * 1024;
    in.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

}  // namespace

// Not getrusage's, which counts what the process was before it became this program.
std::int64_t peak_resident_bytes() {
  return field_bytes("/proc/self/status", "VmHWM:");
}
void reset_peak_resident() {
  std::ofstream("/proc/self/clear_refs") << 5;  // proc(5): the peak, not the pages
}
std::int64_t available_memory_bytes() {
  return field_bytes("/proc/meminfo", "MemAvailable:");
}

}  // namespace paperphone
