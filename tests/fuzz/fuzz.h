// One fuzz target: libFuzzer's entry point, and inputs to begin with. Built with clang
// and PAPERPHONE_FUZZ it is a libFuzzer program; else standalone_main.cc drives it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// Returns for every input; a crash, a sanitizer's word or an exception is a find.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace paperphone::fuzz {

std::vector<std::string> seeds();

}  // namespace paperphone::fuzz
