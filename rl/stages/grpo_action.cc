// Stage 2: action-level GRPO. Group = G responses to one state of a standing pool of
// phones; reward = the simulator's verdict on the action + format. Whose episodes the
// states are of is the recipe's to say: the expert's, as in Mobile-R1 (arXiv:2506.20332),
// the policy's own, or both. Beside it the expert's own response may be learned at every
// state (label_weight), which on the policy's states is DAgger (arXiv:1011.0686).
#include <fmt/format.h>

#include "agent/vlm_policy.h"
#include "env/base/error.h"
#include "rl/rollout/pool.h"
#include "rl/stages/demonstration.h"
#include "rl/stages/grpo.h"
#include "rl/stages/reference.h"
#include "rl/stages/rewards.h"
#include "rl/stages/stage.h"

namespace paperphone::rl {

using agent::PolicyInput;
using agent::PolicyOutput;
using agent::Sample;

namespace {

double expert_share(const GrpoRecipe& grpo) {
  switch (grpo.states) {
    case States::kExpert: return 1;
    case States::kOwn: return 0;
    case States::kMixed: return grpo.expert_share;
  }
  return 1;
}

PoolConfig pool_config(const StageContext& context) {
  const GrpoRecipe& grpo = context.stage->grpo;
  return {.seed = context.recipe->seed,
          .stream = context.stage->name,
          .num_rows = grpo.states_per_step,
          .num_threads = context.recipe->threads,
          .expert_share = expert_share(grpo),
          .noise = grpo.noise,
          .ask_everywhere = true};
}

// One row's state in one update.
struct Visited {
  std::vector<Sample> samples;  // the first is what a row of the policy's does
  std::vector<ActionReward> rewards;
  std::optional<Sample> label;
  Driver driver = Driver::kExpert;
};

// G samples for every row, kept; the first is the decision.
class GroupPolicy : public agent::Policy {
 public:
  GroupPolicy(agent::VlmPolicy& policy, int group_size, std::vector<Visited>& visited)
      : policy_(policy), group_size_(group_size), visited_(visited) {}
  std::string name() const override { return policy_.name(); }
  bool wants_pixels() const override { return true; }
  int earlier_screens() const override { return policy_.earlier_screens(); }

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    std::vector<PolicyOutput> outputs;
    auto groups = policy_.sample(inputs, group_size_);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      outputs.push_back(groups[i][0].output);
      visited_[inputs[i].episode].samples = std::move(groups[i]);
    }
    return outputs;
  }

  agent::VlmPolicy& policy_;
  const int group_size_;
  std::vector<Visited>& visited_;
};

class GrpoActionStage : public Stage {
 public:
  explicit GrpoActionStage(const StageContext& context)
      : context_(context),
        policy_(*context.agent, context.stage->name),
        reference_(reference_model(context)),
        pool_(*context.phones, pool_config(context)) {
    const GrpoRecipe& grpo = context.stage->grpo;
    policy_.options().temperature = grpo.temperature;
    policy_.options().max_new_tokens = grpo.max_new_tokens;
    policy_.options().top_p = 1.0;
    policy_.options().top_k = 0;
    policy_.options().repetition_penalty = 1.0;
  }

  std::string state() const override { return pool_.state(); }
  void restore(std::string_view state) override { pool_.restore(state, policy_); }

  Metrics update(int /*step*/, Optimizer& optimizer, double lr) override {
    const GrpoRecipe& grpo = context_.stage->grpo;
    policy_.forget_prefixes();  // a resumed run begins its update without any
    std::vector<Visited> visited(std::size_t(grpo.states_per_step));
    GroupPolicy policy(policy_, grpo.group_size, visited);
    Metrics metrics;
    double finished = 0, succeeded = 0;
    pool_.advance(policy,
                  {.decided = [&](const PoolState& at) { judge(at, visited[at.row]); },
                   .on_done = [&](Driver driver, Rollout&& rollout) {
                     if (driver != Driver::kPolicy) return;
                     ++finished;
                     succeeded += rollout.trajectory.success;
                   }});
    std::vector<std::vector<float>> rewards;
    std::vector<ScoredSample> scored;
    std::vector<const Sample*> samples;
    double action = 0, own_action = 0, own = 0, labels = 0;
    for (const Visited& state : visited) {
      if (state.label) {
        scored.push_back({.sample = &*state.label, .label = 1.0f});
        ++labels;
      }
      if (state.samples.empty()) continue;  // a wrong turn came instead
      std::vector<float>& rewards_G = rewards.emplace_back();
      for (std::size_t g = 0; g < state.samples.size(); ++g) {
        rewards_G.push_back(state.rewards[g].total(grpo.format_reward));
        samples.push_back(&state.samples[g]);
        action += state.rewards[g].action;
        if (state.driver == Driver::kPolicy) own_action += state.rewards[g].action;
      }
      own += state.driver == Driver::kPolicy ? double(state.samples.size()) : 0.0;
      const auto advantages_G = group_advantages(rewards_G, grpo.advantage);
      for (std::size_t g = 0; g < state.samples.size(); ++g)
        scored.push_back({.sample = &state.samples[g], .advantage = advantages_G[g]});
    }
    metrics.merge(grpo_update(*context_.agent, optimizer, grpo, scored, lr, reference_));
    metrics.merge(group_metrics(rewards));
    metrics.merge(response_metrics(samples));
    metrics["action_reward"] = action / std::max(1.0, double(samples.size()));
    if (own > 0) metrics["own_action_reward"] = own_action / own;
    if (finished > 0) metrics["success"] = succeeded / finished;  // of own episodes that ended
    metrics["labels"] = labels;
    return metrics;
  }

 private:
  // On the pool's threads, each row its own.
  void judge(const PoolState& at, Visited& state) const {
    state.driver = at.driver;
    const Advice& advice = *at.view.advice;
    for (const Sample& sample : state.samples) {
      const auto& action = sample.output.action;
      const bool acceptable = action && sample.output.in_bounds &&
                              (is_acceptable(advice, *action) ||
                               at.view.phone.verdict(*action).is_acceptable());
      state.rewards.push_back(action_reward(sample.output, acceptable));
    }
    if (context_.stage->grpo.label_weight > 0 && is_worth_learning(advice))
      state.label = label_for(at.view, policy_.prompts());
  }

  StageContext context_;
  agent::VlmPolicy policy_;
  agent::Qwen25Vl reference_;
  ExperiencePool pool_;
};

}  // namespace

std::unique_ptr<Stage> make_grpo_action_stage(const StageContext& context) {
  return std::make_unique<GrpoActionStage>(context);
}

}  // namespace paperphone::rl
