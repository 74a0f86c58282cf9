#include "agent/policy.h"

#include "agent/text/response.h"
#include "env/base/check.h"

namespace paperphone::agent {
namespace {

PolicyOutput output_of(const Action& action, std::string thought, std::string sentence) {
  PolicyOutput output;
  output.action = action;
  output.response = format_response(thought, sentence, action, ThoughtStyle::kFull);
  output.sentence = std::move(sentence);
  return output;
}

class RandomPolicy : public Policy {
 public:
  explicit RandomPolicy(ActionSpace space) : space_(std::move(space)) {}
  std::string name() const override { return "random"; }

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    std::vector<PolicyOutput> outputs;
    for (const auto& input : inputs) {
      Rng rng = Rng(input.seed).fork("random policy");
      outputs.push_back(output_of(space_.sample(rng), "随便试试", "随机操作"));
    }
    return outputs;
  }
  const ActionSpace space_;
};

PolicyOutput follow(const PolicyInput& input) {
  CHECK_TRUE(input.advice != nullptr);
  const Advice& advice = *input.advice;
  if (advice.actions.empty()) {
    return output_of(Terminate{TerminateStatus::kFailure}, "无路可走", "放弃任务");
  }
  return output_of(advice.actions.front().action, advice.thought, advice.sentence);
}

class ExpertPolicy : public Policy {
 public:
  std::string name() const override { return "expert"; }
  bool wants_advice() const override { return true; }

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    std::vector<PolicyOutput> outputs;
    for (const auto& input : inputs) outputs.push_back(follow(input));
    return outputs;
  }
};

class NoopPolicy : public Policy {
 public:
  std::string name() const override { return "noop"; }

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    return std::vector<PolicyOutput>(inputs.size(), output_of(Wait{1.0}, "不做事", "等待"));
  }
};

}  // namespace

std::vector<PolicyOutput> Policy::act(std::span<const PolicyInput> inputs) {
  std::vector<PolicyOutput> outputs = do_act(inputs);
  CHECK_EQ(outputs.size(), inputs.size());
  return outputs;
}

std::unique_ptr<Policy> make_random_policy(const ActionSpace& space) {
  return std::make_unique<RandomPolicy>(space);
}
std::unique_ptr<Policy> make_expert_policy() { return std::make_unique<ExpertPolicy>(); }
std::unique_ptr<Policy> make_noop_policy() { return std::make_unique<NoopPolicy>(); }

}  // namespace paperphone::agent
