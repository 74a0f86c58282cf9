// Puts any environment through the contract of env.h.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "env/env.h"

namespace paperphone {

struct CheckEnvConfig {
  std::uint64_t seed = 123;
  int num_steps = 60;      // of each of the walks that are compared
  ResetOptions options;    // of the walks: a task that does not end too soon
};

// What is wrong, one finding a line; empty if nothing was found. Makes several
// environments, walks through them at random, and compares copies of everything that
// comes out (an environment that reuses its buffer would otherwise only be compared
// with itself):
//   equal seeds give equal observations and infos, in one environment and in two, and
//   so do the resets without a seed that follow; other seeds give something else;
//   observations are in their space, rewards finite and the sum of their terms; flags
//   and end reason agree; the first step does not end the episode; step limits
//   truncate; statistics add up; steps before the reset and after the end are
//   refused; looking away changes nothing; snapshots continue as the original did.
std::vector<std::string> check_env(const std::function<std::unique_ptr<Env>()>& make,
                                   const CheckEnvConfig& config = {});

}  // namespace paperphone
