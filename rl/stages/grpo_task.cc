// Stage 3: task-level, multi-turn GRPO. Group = G whole episodes from one snapshot. A
// turn is learned by its trajectory's advantage, beside it by what it differs in from the
// group's other turns on the same page, and by the expert's response to it, as the recipe
// says.
#include <map>

#include "agent/vlm_policy.h"
#include "env/base/check.h"
#include "rl/rollout/rollout.h"
#include "rl/stages/demonstration.h"
#include "rl/stages/grpo.h"
#include "rl/stages/reference.h"
#include "rl/stages/rewards.h"
#include "rl/stages/stage.h"
#include "rl/stages/turn_advantages.h"

namespace paperphone::rl {

using agent::PolicyInput;
using agent::PolicyOutput;
using agent::Sample;

namespace {

// A model whose samples are kept, turn by turn: an update learns from their tokens.
class SampledPolicy : public agent::Policy {
 public:
  SampledPolicy(agent::VlmPolicy& policy, std::size_t num_episodes)
      : samples(num_episodes), policy_(policy) {}
  std::string name() const override { return policy_.name(); }
  bool wants_pixels() const override { return true; }
  int earlier_screens() const override { return policy_.earlier_screens(); }

  std::vector<std::vector<Sample>> samples;  // by episode

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    std::vector<PolicyOutput> outputs;
    auto groups = policy_.sample(inputs, 1);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      Sample& sample = groups[i][0];
      outputs.push_back(sample.output);
      samples[inputs[i].episode].push_back(std::move(sample));
    }
    return outputs;
  }

  agent::VlmPolicy& policy_;
};

RunnerConfig runner_config(const StageContext& context) {
  const GrpoRecipe& grpo = context.stage->grpo;
  return {.num_rows = grpo.tasks_per_step * grpo.group_size,
          .num_threads = context.recipe->threads};
}

class GrpoTaskStage : public Stage {
 public:
  explicit GrpoTaskStage(const StageContext& context)
      : context_(context),
        policy_(*context.agent, context.stage->name),
        reference_(reference_model(context)),
        runner_(*context.phones, runner_config(context)) {
    const GrpoRecipe& grpo = context.stage->grpo;
    policy_.options().temperature = grpo.temperature;
    policy_.options().max_new_tokens = grpo.max_new_tokens;
    policy_.options().top_p = 1.0;
    policy_.options().top_k = 0;
    policy_.options().repetition_penalty = 1.0;
  }

  Metrics update(int step, Optimizer& optimizer, double lr) override {
    const GrpoRecipe& grpo = context_.stage->grpo;
    policy_.forget_prefixes();  // a resumed run begins its update without any
    SampledPolicy policy(
        policy_, std::size_t(grpo.tasks_per_step) * std::size_t(grpo.group_size));
    const std::vector<Rollout> rollouts = roll_out(step, policy);

    std::vector<std::vector<float>> rewards;
    std::vector<ScoredSample> scored;
    std::vector<const Sample*> samples;
    std::map<std::string, double> sums;
    AnchorCounts anchors;
    for (int task = 0; task < grpo.tasks_per_step; ++task) {
      std::vector<float>& rewards_G = rewards.emplace_back();
      const std::size_t first = std::size_t(task) * std::size_t(grpo.group_size);
      for (int g = 0; g < grpo.group_size; ++g) {
        const Rollout& rollout = rollouts[first + std::size_t(g)];
        const TaskReward reward = task_reward(rollout, grpo);
        rewards_G.push_back(reward.total());
        sums["success"] += reward.goal;
        sums["trajectory_format"] += reward.format;
        sums["progress"] += rollout.progress;
        sums["turns"] += double(rollout.trajectory.steps.size());
        const EndReason end = rollout.trajectory.end_reason;
        sums["side_effects"] += end == EndReason::kSideEffect;
        sums["false_completions"] += end == EndReason::kFalseComplete;
        if (grpo.distance_weight > 0) sums["distance_reward"] += reward.distance;
      }
      const auto group =
          std::span(rollouts).subspan(first, std::size_t(grpo.group_size));
      const TurnAdvantages advantages = turn_advantages(group, rewards_G, grpo);
      anchors.add(advantages.anchors);
      for (std::size_t g = 0; g < group.size(); ++g) {
        const std::vector<Sample>& turns = policy.samples[first + g];
        CHECK_EQ(turns.size(), advantages.advantages_GT[g].size());
        for (std::size_t t = 0; t < turns.size(); ++t) {
          scored.push_back({.sample = &turns[t],
                            .advantage = advantages.advantages_GT[g][t],
                            .trajectory = int(first + g)});
          samples.push_back(&turns[t]);
        }
      }
    }
    for (const std::vector<Sample>& episode : labels_)
      for (const Sample& label : episode)
        scored.push_back({.sample = &label, .label = 1.0f});
    Metrics metrics =
        grpo_update(*context_.agent, optimizer, grpo, scored, lr, reference_);
    metrics.merge(group_metrics(rewards));
    metrics.merge(response_metrics(samples));
    for (const auto& [name, sum] : sums) metrics[name] = sum / double(rollouts.size());
    metrics["turns_at_repeated_anchors"] =
        anchors.turns > 0 ? double(anchors.turns_at_repeated) / anchors.turns : 0.0;
    labels_.clear();
    return metrics;
  }

 private:
  std::vector<Rollout> roll_out(int step, agent::Policy& policy) {
    const GrpoRecipe& grpo = context_.stage->grpo;
    const auto first_job = std::uint64_t(step) * std::uint64_t(grpo.tasks_per_step);
    const auto jobs = stream_jobs({.split = "train",
                                   .seed = context_.recipe->seed,
                                   .name = context_.stage->name,
                                   .max_turns = grpo.max_turns},
                                  first_job, grpo.tasks_per_step);
    labels_.resize(jobs.size() * std::size_t(grpo.group_size));
    RolloutOptions options = {
        .seed = stage_rng(context_).fork("step", std::uint64_t(step)).next(),
        .group_size = grpo.group_size,
        .labels = wants_labels(grpo)};
    if (grpo.label_weight > 0)
      options.observe = [&](const EpisodeView& view) {
        if (!view.over && is_worth_learning(*view.advice))
          labels_[view.episode].push_back(label_for(view, policy_.prompts()));
      };
    std::vector<Rollout> rollouts;
    runner_.run(jobs, policy, options,
                [&](Rollout&& rollout) { rollouts.push_back(std::move(rollout)); });
    return rollouts;
  }

  static bool wants_labels(const GrpoRecipe& grpo) {
    return grpo.label_weight > 0 || grpo.distance_weight > 0 ||
           grpo.turn_advantage == TurnAdvantage::kVerdicts;
  }

  StageContext context_;
  agent::VlmPolicy policy_;
  agent::Qwen25Vl reference_;
  RolloutRunner runner_;
  std::vector<std::vector<Sample>> labels_;  // by episode, of the present update
};

}  // namespace

std::unique_ptr<Stage> make_grpo_task_stage(const StageContext& context) {
  return std::make_unique<GrpoTaskStage>(context);
}

}  // namespace paperphone::rl
