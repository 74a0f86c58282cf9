#include "rl/rollout/builtin_policy.h"

#include <algorithm>
#include <utility>

#include "agent/text/response.h"

namespace paperphone::rl {

using agent::make_expert_policy;
using agent::make_noop_policy;
using agent::make_random_policy;
using agent::PolicyInput;
using agent::PolicyOutput;

namespace {

// Always the same end, without a look.
class ConstantPolicy : public agent::Policy {
 public:
  ConstantPolicy(std::string name, Action action)
      : name_(std::move(name)), action_(std::move(action)) {}
  std::string name() const override { return name_; }

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    PolicyOutput output;
    output.action = action_;
    output.sentence = "结束任务";
    output.response = agent::format_response(
        {.thought = "不看就做", .sentence = output.sentence}, action_,
        agent::ThoughtStyle::kFull);
    return std::vector<PolicyOutput>(inputs.size(), output);
  }
  const std::string name_;
  const Action action_;
};

struct Constant {
  std::string_view name;
  Action action;
};

const std::vector<Constant>& constants() {
  static const std::vector<Constant> all = {
      {"give-up", Terminate{TerminateStatus::kFailure}},
      {"succeed", Terminate{TerminateStatus::kSuccess}},
      {"answer-yes", Answer{"是"}},
      {"answer-no", Answer{"否"}},
      {"answer-0", Answer{"0"}},
      {"answer-1", Answer{"1"}}};
  return all;
}

}  // namespace

std::optional<BuiltinPolicy> builtin_policy(const std::string& name, double noise) {
  const auto expert = [](const ActionSpace&) { return make_expert_policy(); };
  if (name == "random") return BuiltinPolicy{make_random_policy};
  if (name == "expert") return BuiltinPolicy{expert};
  if (name == "noisy-expert") return BuiltinPolicy{expert, noise};
  if (name == "noop")
    return BuiltinPolicy{[](const ActionSpace&) { return make_noop_policy(); }};
  for (const Constant& constant : constants())
    if (constant.name == name)
      return BuiltinPolicy{[constant](const ActionSpace&) -> std::unique_ptr<agent::Policy> {
        return std::make_unique<ConstantPolicy>(std::string(constant.name), constant.action);
      }};
  return std::nullopt;
}

}  // namespace paperphone::rl
