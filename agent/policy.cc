#include "agent/policy.h"

#include <algorithm>

#include "agent/text/response.h"
#include "env/base/check.h"

namespace paperphone::agent {
namespace {

PolicyOutput output_of(const Action& action, const ResponseWords& words) {
  PolicyOutput output;
  output.action = action;
  output.response = format_response(words, action, ThoughtStyle::kFull);
  output.sentence = words.sentence;
  output.note = words.note;
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
      outputs.push_back(output_of(
          space_.sample(rng), {.thought = "随便试试", .sentence = "随机操作"}));
    }
    return outputs;
  }
  const ActionSpace space_;
};

PolicyOutput follow(const PolicyInput& input) {
  CHECK_TRUE(input.advice != nullptr);
  const Advice& advice = *input.advice;
  if (advice.actions.empty()) {
    return output_of(Terminate{TerminateStatus::kFailure},
                     {.thought = "无路可走", .sentence = "放弃任务"});
  }
  const std::string note = new_note(advice.facts, input.history);
  return output_of(
      advice.actions.front().action,
      {.thought = advice.thought, .note = note, .sentence = advice.sentence});
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
    return std::vector<PolicyOutput>(inputs.size(), 
                                     output_of(Wait{1.0}, {.thought = "不做事",
                                                           .sentence = "等待"}));
  }
};

}  // namespace

std::vector<PolicyOutput> Policy::act(std::span<const PolicyInput> inputs) {
  std::vector<PolicyOutput> outputs = do_act(inputs);
  CHECK_EQ(outputs.size(), inputs.size());
  return outputs;
}

std::string new_note(std::span<const std::string> facts,
                     std::span<const HistoryStep> history) {
  std::string out;
  for (const std::string& fact : facts) {
    const bool is_old =
        std::any_of(history.begin(), history.end(), [&](const HistoryStep& step) {
          return step.note.find(fact) != std::string::npos;
        });
    if (is_old) continue;
    if (!out.empty()) out += "; ";
    out += fact;
  }
  return out;
}

std::unique_ptr<Policy> make_random_policy(const ActionSpace& space) {
  return std::make_unique<RandomPolicy>(space);
}
std::unique_ptr<Policy> make_expert_policy() { return std::make_unique<ExpertPolicy>(); }
std::unique_ptr<Policy> make_noop_policy() { return std::make_unique<NoopPolicy>(); }

}  // namespace paperphone::agent
