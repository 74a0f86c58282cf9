#include "rl/rollout/episodes.h"

#include <algorithm>

#include "agent/vlm_policy.h"
#include "env/base/check.h"
#include "env/base/parallel.h"
#include "env/base/version.h"
#include "env/task/task.h"

namespace paperphone::rl {

using agent::PolicyInput;
using agent::PolicyOutput;
using agent::Sample;
using data::Trajectory;
using data::TrajectoryStep;

Decider decide_with(agent::Policy& policy) {
  return [&policy](std::span<const PolicyInput> inputs) {
    std::vector<Sample> samples;
    for (PolicyOutput& output : policy.act(inputs))
      samples.emplace_back().output = std::move(output);
    return samples;
  };
}

Decider decide_with_samples(agent::VlmPolicy& policy) {
  return [&policy](std::span<const PolicyInput> inputs) {
    std::vector<Sample> samples;
    for (auto& group : policy.sample(inputs, 1)) samples.push_back(std::move(group[0]));
    return samples;
  };
}

namespace {

// One phone with the episode that runs on it.
struct Slot {
  std::unique_ptr<PhoneEnv> phone;
  std::size_t job = 0;
  bool running = false;
  Observation observation;
  Advice advice;
  std::vector<agent::HistoryStep> history;
  EpisodeRun run;
};

void start_episode(Slot& slot, std::size_t index, const EpisodeJob& job,
                   const EpisodesOptions& options) {
  slot.job = index;
  slot.running = true;
  slot.history.clear();
  slot.run = {};
  const ResetResult result = job.snapshot
                                 ? slot.phone->restore(*job.snapshot)
                                 : slot.phone->reset(job.start.seed, job.start.options);
  slot.observation = result.observation;
  slot.run.max_steps = slot.phone->task().spec->max_steps;
  if (options.max_turns > 0)
    slot.run.max_steps = std::min(slot.run.max_steps, options.max_turns);
  Trajectory& trajectory = slot.run.trajectory;
  trajectory.seed = job.start.seed;
  trajectory.options = job.start.options;
  trajectory.task_id = slot.phone->task_id();
  trajectory.app_id = app_of_task(trajectory.task_id);
  trajectory.split = job.start.options.split;
  trajectory.instruction = result.observation.instruction;
  trajectory.initial_state_hash = result.info.state_hash;
  trajectory.initial_frame_hash = result.info.frame_hash;
  trajectory.initial_screen_id = result.info.screen_id;
  trajectory.policy = options.policy_name;
  trajectory.app_set_hash = options.app_set_hash;
  trajectory.paperphone_version = version();
}

// Applies what the policy said and records it. Ends the episode if it is over.
void take_turn(Slot& slot, Sample sample, const EpisodesOptions& options) {
  const PolicyOutput& output = sample.output;
  Trajectory& trajectory = slot.run.trajectory;
  TrajectoryStep step;
  step.response = output.response;
  step.sentence = output.sentence;
  step.well_formed = output.well_formed;
  if (output.action) {
    step.action = *output.action;
    const StepResult result = slot.phone->step(*output.action);
    step.outcome = result.info.outcome;
    step.reward = result.reward;
    step.reward_breakdown = result.info.reward_breakdown;
    step.screen_id = result.info.screen_id;
    step.state_hash = result.info.state_hash;
    step.frame_hash = result.info.frame_hash;
    step.terminated = result.terminated;
    step.truncated = result.truncated;
    slot.observation = result.observation;
    slot.run.progress = result.info.progress;
    trajectory.end_reason = result.info.end_reason;
  } else {
    step.action = Wait{0};
    step.outcome = ActionOutcome::kInvalid;
    const bool first = trajectory.steps.empty();
    const TrajectoryStep* last = first ? nullptr : &trajectory.steps.back();
    step.screen_id = first ? trajectory.initial_screen_id : last->screen_id;
    step.state_hash = first ? trajectory.initial_state_hash : last->state_hash;
    step.frame_hash = first ? trajectory.initial_frame_hash : last->frame_hash;
  }
  slot.history.push_back({step.sentence, step.action, step.outcome});
  const int turns = int(trajectory.steps.size()) + 1;
  if (!step.terminated && !step.truncated && turns >= slot.run.max_steps) {
    step.truncated = true;
    trajectory.end_reason = EndReason::kStepLimit;
  }
  slot.running = !step.terminated && !step.truncated;
  trajectory.steps.push_back(std::move(step));
  if (options.keep_samples) slot.run.samples.push_back(std::move(sample));
  if (!slot.running)
    trajectory.success = trajectory.end_reason == EndReason::kGoalReached;
}

}  // namespace

std::vector<EpisodeRun> run_episodes(const Phones& phones,
                                     std::span<const EpisodeJob> jobs,
                                     const Decider& decide,
                                     const EpisodesOptions& options) {
  std::vector<EpisodeRun> runs(jobs.size());
  std::vector<Slot> slots(std::min(jobs.size(), std::size_t(options.num_envs)));
  for (Slot& slot : slots) slot.phone = phones.make(options.pixels);
  std::size_t next_job = 0;
  int finished = 0;
  while (finished < int(jobs.size())) {
    for (Slot& slot : slots)
      if (!slot.running && next_job < jobs.size()) {
        start_episode(slot, next_job, jobs[next_job], options);
        ++next_job;
      }
    std::vector<Slot*> active;
    for (Slot& slot : slots)
      if (slot.running) active.push_back(&slot);
    if (options.wants_advice)
      parallel_for(int(active.size()), options.threads, [&](int, int i) {
        active[std::size_t(i)]->advice = active[std::size_t(i)]->phone->advice();
      });
    std::vector<PolicyInput> inputs;
    for (Slot* slot : active) {
      PolicyInput& input = inputs.emplace_back();
      input.instruction = slot->run.trajectory.instruction;
      input.screen = slot->observation.screen;
      input.history = slot->history;
      input.advice = options.wants_advice ? &slot->advice : nullptr;
      input.seed = Rng(options.seed)
                       .fork("episode", slot->job)
                       .fork(slot->run.trajectory.steps.size())
                       .next();
    }
    std::vector<Sample> samples = decide(inputs);
    CHECK_EQ(samples.size(), active.size());
    parallel_for(int(active.size()), options.threads, [&](int, int i) {
      take_turn(*active[std::size_t(i)], std::move(samples[std::size_t(i)]), options);
    });
    for (Slot* slot : active) {
      if (slot->running) continue;
      runs[slot->job] = std::move(slot->run);
      ++finished;
      if (options.on_progress) options.on_progress(finished);
    }
  }
  return runs;
}

}  // namespace paperphone::rl
