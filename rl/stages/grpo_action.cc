// Stage 2: action-level GRPO. Group = G responses to one state that the expert
// visited; reward = the expert's judgement of the action + format.
#include <fmt/format.h>

#include "agent/vlm_policy.h"
#include "env/base/error.h"
#include "env/base/host/progress.h"
#include "env/base/shuffle.h"
#include "rl/rollout/decision_point.h"
#include "rl/stages/grpo.h"
#include "rl/stages/reference.h"
#include "rl/stages/rewards.h"
#include "rl/stages/stage.h"

namespace paperphone::rl {

using agent::Sample;

namespace {

class GrpoActionStage : public Stage {
 public:
  explicit GrpoActionStage(const StageContext& context)
      : context_(context),
        policy_(*context.agent, context.stage->name),
        reference_(reference_model(context)) {
    const GrpoRecipe& grpo = context.stage->grpo;
    Progress progress(context.stage->name + ": states", grpo.demonstrations, "episodes");
    points_ = collect_decision_points(
        *context.phones, {.split = "train",
                          .seed = context.recipe->seed,
                          .stream = context.stage->name,
                          .episodes = grpo.demonstrations,
                          .noise = grpo.noise,
                          .all_ways = true,
                          .earlier_screens = context.agent->prompt.earlier_screens,
                          .threads = context.recipe->threads,
                          .on_progress = [&](int done) { progress.update(done); }});
    progress.update(grpo.demonstrations);
    if (points_.empty())
      throw ConfigError(fmt::format(
          "{}: no states were visited, are there tasks in the split?",
          context.stage->name));
    policy_.options().temperature = grpo.temperature;
    policy_.options().max_new_tokens = grpo.max_new_tokens;
    policy_.options().top_p = 1.0;
    policy_.options().top_k = 0;
    policy_.options().repetition_penalty = 1.0;
  }

  Metrics update(int step, Optimizer& optimizer, double lr) override {
    const GrpoRecipe& grpo = context_.stage->grpo;
    policy_.forget_prefixes();  // a resumed run begins its update without any
    const Rng rng = stage_rng(context_).fork("step", std::uint64_t(step));
    std::vector<agent::PolicyInput> inputs;
    std::vector<ScreenPixels> pixels(std::size_t(grpo.states_per_step));
    std::vector<const DecisionPoint*> visited;
    for (int i = 0; i < grpo.states_per_step; ++i) {
      const std::int64_t visit = std::int64_t(step) * grpo.states_per_step + i;
      visited.push_back(&points_[shuffled_index(stage_rng(context_),
                                                    points_.size(), visit)]);
      inputs.push_back(visited.back()->input(rng.fork(std::uint64_t(i)).next(),
                                             pixels[std::size_t(i)]));
    }
    const auto groups = policy_.sample(inputs, grpo.group_size);

    double action = 0;
    std::vector<std::vector<float>> rewards;
    std::vector<ScoredSample> scored;
    std::vector<const Sample*> samples;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      std::vector<float>& rewards_G = rewards.emplace_back();
      for (const Sample& sample : groups[i]) {
        const ActionReward reward = action_reward(visited[i]->advice, sample.output);
        action += reward.action;
        rewards_G.push_back(reward.total());
        samples.push_back(&sample);
      }
      const auto advantages_G =
          group_advantages(rewards_G, grpo.advantage);
      for (std::size_t g = 0; g < groups[i].size(); ++g)
        scored.push_back({&groups[i][g], advantages_G[g]});
    }
    Metrics metrics =
        grpo_update(*context_.agent, optimizer, grpo, scored, lr, reference_);
    metrics.merge(group_metrics(rewards));
    metrics.merge(response_metrics(samples));
    metrics["action_reward"] = action / double(samples.size());
    return metrics;
  }

 private:
  StageContext context_;
  agent::VlmPolicy policy_;
  agent::Qwen25Vl reference_;
  std::vector<DecisionPoint> points_;
};

}  // namespace

std::unique_ptr<Stage> make_grpo_action_stage(const StageContext& context) {
  return std::make_unique<GrpoActionStage>(context);
}

}  // namespace paperphone::rl
