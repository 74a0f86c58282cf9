// The policies that need no model, by name.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "agent/policy.h"

namespace paperphone::rl {

struct BuiltinPolicy {
  std::function<std::unique_ptr<agent::Policy>(const ActionSpace& space)> make;
  double noise = 0.0;  // RolloutOptions::noise
};

inline constexpr const char* kBuiltinPolicies =
    "random, expert, noisy-expert, noop, give-up, succeed, answer-yes, answer-no, answer-0, "
    "answer-1";
// nullopt for any other name. noise: of noisy-expert, which is the expert with wrong
// turns.
std::optional<BuiltinPolicy> builtin_policy(const std::string& name, double noise);

}  // namespace paperphone::rl
