#include "rl/rollout/builtin_policy.h"

namespace paperphone::rl {

using agent::make_expert_policy;
using agent::make_noop_policy;
using agent::make_random_policy;

std::optional<BuiltinPolicy> builtin_policy(const std::string& name, double noise) {
  const auto expert = [](const ActionSpace&) { return make_expert_policy(); };
  if (name == "random") return BuiltinPolicy{make_random_policy};
  if (name == "expert") return BuiltinPolicy{expert};
  if (name == "noisy-expert") return BuiltinPolicy{expert, noise};
  if (name == "noop")
    return BuiltinPolicy{[](const ActionSpace&) { return make_noop_policy(); }};
  return std::nullopt;
}

}  // namespace paperphone::rl
