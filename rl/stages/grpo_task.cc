// Stage 3: task-level, multi-turn GRPO. Group = G whole episodes from one snapshot;
// a trajectory's advantage goes to every token of its turns.
#include "agent/vlm_policy.h"
#include "rl/rollout/episodes.h"
#include "rl/rollout/rewards.h"
#include "rl/stages/grpo.h"
#include "rl/stages/reference.h"
#include "rl/stages/stage.h"

namespace paperphone::rl {

using agent::Sample;

namespace {

class GrpoTaskStage : public Stage {
 public:
  explicit GrpoTaskStage(const StageContext& context)
      : context_(context),
        policy_(*context.agent, context.stage->name),
        reference_(reference_model(context)),
        starter_(context.phones->make(true)) {
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
    const std::vector<EpisodeRun> runs = roll_out(step);

    std::vector<std::vector<float>> rewards;
    std::vector<ScoredSample> scored;
    std::vector<const Sample*> samples;
    double success = 0, format = 0, progress = 0, turns = 0;
    for (int task = 0; task < grpo.tasks_per_step; ++task) {
      std::vector<float>& rewards_G = rewards.emplace_back();
      const std::size_t first = std::size_t(task) * std::size_t(grpo.group_size);
      for (int g = 0; g < grpo.group_size; ++g) {
        const EpisodeRun& run = runs[first + std::size_t(g)];
        const TaskReward reward = task_reward(run, grpo);
        rewards_G.push_back(reward.total());
        success += reward.goal;
        format += reward.format;
        progress += run.progress;
        turns += double(run.samples.size());
      }
      const auto advantages_G =
          group_advantages(rewards_G, advantage_kind(grpo.advantage));
      for (int g = 0; g < grpo.group_size; ++g)
        for (const Sample& sample : runs[first + std::size_t(g)].samples) {
          scored.push_back({&sample, advantages_G[std::size_t(g)]});
          samples.push_back(&sample);
        }
    }
    Metrics metrics =
        grpo_update(*context_.agent, optimizer, grpo, scored, lr, reference_);
    metrics.merge(group_metrics(rewards));
    metrics.merge(response_metrics(samples));
    const auto episodes = double(runs.size());
    metrics["success"] = success / episodes;
    metrics["trajectory_format"] = format / episodes;
    metrics["progress"] = progress / episodes;
    metrics["turns"] = turns / episodes;
    return metrics;
  }

 private:
  std::vector<EpisodeRun> roll_out(int step) {
    const GrpoRecipe& grpo = context_.stage->grpo;
    std::vector<EpisodeJob> jobs;
    for (int task = 0; task < grpo.tasks_per_step; ++task) {
      EpisodeJob job;
      job.start = episode_start(
          "train", context_.recipe->seed, context_.stage->name,
          std::uint64_t(step) * std::uint64_t(grpo.tasks_per_step) + std::uint64_t(task));
      starter_->reset(job.start.seed, job.start.options);
      job.snapshot = starter_->snapshot();
      for (int g = 0; g < grpo.group_size; ++g) jobs.push_back(job);
    }
    EpisodesOptions options;
    options.num_envs = int(jobs.size());
    options.max_turns = grpo.max_turns;
    options.keep_samples = true;
    options.seed = stage_rng(context_).fork("step", std::uint64_t(step)).next();
    options.policy_name = context_.stage->name;
    options.threads = context_.recipe->threads;
    return run_episodes(*context_.phones, jobs, decide_with_samples(policy_), options);
  }

  StageContext context_;
  agent::VlmPolicy policy_;
  agent::Qwen25Vl reference_;
  std::unique_ptr<PhoneEnv> starter_;  // makes the groups' snapshots
};

}  // namespace

std::unique_ptr<Stage> make_grpo_task_stage(const StageContext& context) {
  return std::make_unique<GrpoTaskStage>(context);
}

}  // namespace paperphone::rl
