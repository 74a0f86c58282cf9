// libFuzzer begins with what is in its corpus folder: an empty one is given the seeds.
#include <filesystem>
#include <fstream>

#include "tests/fuzz/fuzz.h"

namespace fs = std::filesystem;

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  for (int i = 1; i < *argc; ++i) {
    const fs::path folder = (*argv)[i];
    if (!fs::is_directory(folder) || !fs::is_empty(folder)) continue;
    int number = 0;
    for (const std::string& seed : paperphone::fuzz::seeds())
      std::ofstream(folder / ("seed_" + std::to_string(number++)), std::ios::binary)
          << seed;
  }
  return 0;
}
