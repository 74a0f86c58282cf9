#include "rl/rollout/episode_run.h"

#include <algorithm>
#include <utility>

#include "env/app/spec.h"
#include "env/base/host/version.h"
#include "env/layout/frame.h"
#include "env/task/task.h"

namespace paperphone::rl {

using agent::PolicyInput;
using data::Trajectory;

void EpisodeRun::begin(const RunContext& context, std::size_t episode,
                       const EpisodeJob& job, const Snapshot* start) {
  context_ = &context;
  job_ = &job;
  episode_ = episode;
  skipped_ = false;
  exploration_ = Exploration(job.seed);
  phone_->observe(Modality::kPixels);
  ResetResult begun =
      start != nullptr ? phone_->restore(*start) : phone_->reset(job.seed, job.options);
  if (context.options.prepare) prepare(begun);
  screen_ = begun.observation.screen;
  earlier_pixels_.clear();
  earlier_.clear();
  page_ = context.pixels ? layout::hash_page(phone_->frame()) : Hash128{};
  begin_record(begun);
}

void EpisodeRun::keep_screen() {
  const auto most = std::size_t(context_->earlier_screens);
  if (most == 0 || screen_.pixels_HWC.empty()) return;
  if (earlier_pixels_.size() == most) earlier_pixels_.erase(earlier_pixels_.begin());
  earlier_pixels_.emplace_back(screen_.pixels_HWC.begin(), screen_.pixels_HWC.end());
  earlier_.clear();
  for (const auto& pixels : earlier_pixels_)
    earlier_.push_back({pixels, screen_.height, screen_.width});
}

void EpisodeRun::prepare(ResetResult& start) {
  skipped_ = !context_->options.prepare(episode_, *job_, *phone_);
  phone_->observe(Modality::kPixels);
  start = phone_->restore(phone_->snapshot());  // for what can be seen now
}

void EpisodeRun::begin_record(const ResetResult& start) {
  Trajectory record;
  record.seed = job_->seed;
  record.options = job_->options;
  record.task_id = phone_->task_id();
  record.app_id = app_of_task(record.task_id);
  record.split = split_of_job(context_->apps, job_->options, record.task_id);
  record.instruction = start.observation.instruction;
  record.policy = context_->policy_name;
  record.app_set_hash = context_->app_set_hash;
  record.paperphone_version = version();
  const int own_limit = phone_->task().spec->max_steps;
  recorder_.begin(
      std::move(record), start.info,
      job_->max_turns > 0 ? std::min(own_limit, job_->max_turns) : own_limit);
}

void EpisodeRun::look() {
  const RolloutOptions& options = context_->options;
  errs_ = exploration_.strikes(options.noise);
  advised_ =
      options.labels || (context_->policy_wants_advice && (!errs_ || options.observe));
  if (advised_) advice_ = phone_->advice();
  if (options.observe) observe();
  if (errs_) {
    const ThoughtLanguage language = phone_->thoughts();
    decision_ = as_decision(
        exploration_.turn(phone_->frame(), phone_->observation_space(), language), language);
  }
}

PolicyInput EpisodeRun::input() const {
  PolicyInput input;
  input.episode = episode_;
  input.instruction = recorder_.trajectory().instruction;
  input.screen = screen_;
  input.earlier = earlier_;
  input.history = recorder_.history();
  input.advice = context_->policy_wants_advice ? &advice_ : nullptr;
  input.seed = Rng(context_->options.seed)
                   .fork("episode", episode_)
                   .fork(recorder_.history().size())
                   .next();
  return input;
}

void EpisodeRun::act() {
  if (context_->options.labels) recorder_.label(advice_);
  keep_screen();
  recorder_.at_page(page_);
  if (decision_.action) {
    const StepResult result = phone_->step(*decision_.action);
    screen_ = result.observation.screen;
    bool changed = true;
    if (context_->pixels) {
      const Hash128 before = std::exchange(page_, layout::hash_page(phone_->frame()));
      changed = page_ != before;
    }
    recorder_.add(std::move(decision_), {.reward = result.reward,
                                         .terminated = result.terminated,
                                         .truncated = result.truncated,
                                         .changed = changed,
                                         .info = &result.info});
  } else {
    recorder_.add_lost(std::move(decision_));
  }
  if (over() && context_->options.observe) observe();
}

EpisodeView EpisodeRun::view() {
  return {.episode = episode_,
          .phone = *phone_,
          .screen = screen_,
          .trajectory = recorder_.trajectory(),
          .history = recorder_.history(),
          .earlier = earlier_,
          .advice = advised_ && !over() ? &advice_ : nullptr,
          .over = over()};
}

void EpisodeRun::observe() { context_->options.observe(view()); }

Rollout EpisodeRun::take() {
  Rollout rollout{.episode = episode_,
                  .progress = recorder_.progress(),
                  .max_turns = recorder_.max_turns(),
                  .skipped = skipped_};
  rollout.trajectory = recorder_.take();
  return rollout;
}

}  // namespace paperphone::rl
