// A device for tests that a CPU has: it computes on the CPU's memory with the CPU's code,
// but refuses, as an accelerator does, to mix its tensors with the CPU's. Models moved to
// it take the ways that models on accelerators take, and their numbers can be compared.
#pragma once

#include <cstdlib>
#include <string>

#include "agent/ops/tensor.h"

namespace paperphone::agent::testing {

// One of the device types that LibTorch knows and needs an extension for: the one whose
// tensors may replace a CPU's parameters and whose attention may be the library's.
#if TORCH_VERSION_MAJOR < 2
#define PAPERPHONE_STRICT_DEVICE XPU
#else
#define PAPERPHONE_STRICT_DEVICE HPU
#endif

inline torch::Device strict_device() {
  return {c10::DeviceType::PAPERPHONE_STRICT_DEVICE, 0};
}

// What tests move models to: this one, or a real one that PAPERPHONE_TEST_DEVICE names.
inline std::string other_device() {
  const char* named = std::getenv("PAPERPHONE_TEST_DEVICE");
  return named != nullptr && *named != '\0' ? named : strict_device().str();
}

}  // namespace paperphone::agent::testing
