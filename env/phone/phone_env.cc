#include "env/phone/phone_env.h"

#include <fmt/format.h>

#include "env/base/error.h"
#include "env/phone/act.h"
#include "env/phone/episode.h"
#include "env/phone/foresight.h"
#include "env/phone/judge.h"
#include "env/phone/nuisance.h"
#include "env/phone/observer.h"
#include "env/phone/shared.h"
#include "env/task/evidence/known.h"
#include "env/task/expert/expert.h"

namespace paperphone {

using task::TaskInstance;

struct PhoneEnv::Impl {
  Impl(std::shared_ptr<const PhoneShared> shared_data, const PhoneEnvConfig& c)
      : shared(std::move(shared_data)),
        config(c),
        observer(*shared, config.pixels, config.hashes),
        foresight(*shared) {}

  std::shared_ptr<const PhoneShared> shared;  // shared by all environments
  PhoneEnvConfig config;
  BoxSpace observation_space;
  ActionSpace action_space;
  PhoneEpisode episode;
  Observer observer;
  Foresight foresight;  // of the episode

  void use_device(const Variation& variation) {
    observation_space = {.height = variation.height, .width = variation.width};
    action_space.width = variation.width;
    action_space.height = variation.height;
    action_space.apps = shared->app_titles;
    if (config.pixels) observer.screen().set_size(variation.width, variation.height);
  }

  ResetResult begin(PhoneEpisode begun, Modality modality) {
    episode = std::move(begun);
    foresight.forget();
    use_device(episode.variation);
    ResetResult result;
    result.observation = observer.observe(episode, modality, result.info);
    return result;
  }

  // What the phone shows now is there to be seen.
  void show(PhoneEpisode& seen) const {
    if (!config.advice && task::fact_to_see(*seen.task->spec) == nullptr) return;
    seen.sight.show(seen.state);
    if (seen.sight.is_behind()) seen.sight.evidence(shared->machine, shared->layout, *seen.task);
  }

  const task::Evidence& evidence();

  Advice ask_expert(const TaskInstance& task, const task::Evidence& evidence) {
    return task::Expert(shared->machine, shared->layout, shared->screen_index,
                        episode.scale(), config.thoughts)
        .advise(episode.state, task, evidence,
                &observer.screen().frame(episode.state));
  }

  // Ends that need no deed have to be seen to be right.
  bool has_seen_enough() {
    const task::TaskInstance& task = *episode.task;
    const app::Expr* fact = task::fact_to_see(*task.spec);
    if (fact == nullptr) return true;
    const task::Evidence& evidence =
        episode.sight.evidence(shared->machine, shared->layout, *episode.task);
    return task::Known(shared->apps, task, evidence).is_known(*fact, episode.state.world);
  }

  // Time passes, and with it may come a disturbance.
  void pass_time(const Action& action, Info& info) {
    const sim::Machine& machine = shared->machine;
    machine.apply(episode.state, sim::event::Tick{duration_ms(action)});
    const std::string_view event = maybe_disturb(machine, episode.state);
    if (!event.empty()) info.events.emplace_back(event);
  }
};

PhoneEnv::PhoneEnv(std::shared_ptr<const PhoneShared> shared, const PhoneEnvConfig& config)
    : impl_(std::make_unique<Impl>(std::move(shared), config)) {
  if (config.pixels && !impl_->shared->pieces) {
    throw ConfigError("an environment with pixels needs shared data loaded with pixels");
  }
  for (const auto& id : config.app_ids) {
    if (id != "cross" && apps().find(id) < 0) {
      throw ConfigError(fmt::format("unknown app '{}' (known: {}, cross)", id,
                                    fmt::join(impl_->shared->app_titles, ", ")));
    }
  }
  check_variation(config.variation);
  impl_->use_device(config.variation);
  set_max_episode_steps(config.max_episode_steps);
}

PhoneEnv::~PhoneEnv() = default;

const BoxSpace& PhoneEnv::observation_space() const { return impl_->observation_space; }
const ActionSpace& PhoneEnv::action_space() const { return impl_->action_space; }

ResetResult PhoneEnv::do_reset(Rng rng, const ResetOptions& options) {
  PhoneEpisode episode = draw_episode(*impl_->shared, impl_->config, rng, options);
  impl_->show(episode);
  const bool already = episode.task->spec->already;
  ResetResult result = impl_->begin(std::move(episode), modality());
  result.info.goal_holds = already;
  return result;
}

StepResult PhoneEnv::do_step(const Action& action) {
  Impl& p = *impl_;
  StepResult result;
  result.info.outcome = act(*p.shared, p.observer.screen(), p.episode, action);
  ++p.episode.step;
  if (!ends_episode(action)) p.pass_time(action, result.info);
  const bool earned = !ends_episode(action) || p.has_seen_enough();
  judge(p.episode, apps(), action, at_step_limit(), earned, p.config.progress_weight, result);
  result.observation = p.observer.observe(p.episode, modality(), result.info);
  p.show(p.episode);
  return result;
}

bool PhoneEnv::keep_pixels_in(std::span<std::uint8_t> pixels_HWC) {
  impl_->observer.screen().keep_pixels_in(pixels_HWC);
  return impl_->config.pixels;
}

const task::Evidence& PhoneEnv::Impl::evidence() {
  if (!config.advice)
    throw ConfigError("advice needs PhoneEnvConfig::advice: nobody kept what frames showed");
  return episode.sight.evidence(shared->machine, shared->layout, *episode.task);
}

Advice PhoneEnv::advice() {
  if (!running()) throw ConfigError("advice() needs a running episode: call reset() first");
  Impl& p = *impl_;
  const task::Evidence& evidence = p.evidence();
  Advice advice = p.ask_expert(*p.episode.task, evidence);
  if (p.config.distance) advice.distance = p.foresight.distance(p.episode, evidence);
  return advice;
}

Advice PhoneEnv::advice_for(const TaskInstance& task) const {
  return impl_->ask_expert(task, impl_->evidence());
}

Verdict PhoneEnv::verdict(const Action& action) {
  if (!running()) throw ConfigError("verdict() needs a running episode: call reset() first");
  Impl& p = *impl_;
  return p.foresight.verdict(p.episode, p.evidence(), action);
}

std::vector<AcceptableAction> PhoneEnv::acceptable() {
  const Advice advice = this->advice();
  Impl& p = *impl_;
  return p.foresight.acceptable(p.episode, p.evidence(), advice);
}

Snapshot PhoneEnv::snapshot() const {
  if (!impl_->episode.task) {
    throw ConfigError("snapshot() needs an episode: call reset() first");
  }
  return Snapshot(std::make_shared<const PhoneSnapshot>(
      PhoneSnapshot{impl_->episode, episode_state(), impl_->shared}));
}

ResetResult PhoneEnv::restore(const Snapshot& snapshot) {
  const auto* phone = snapshot.get<PhoneSnapshot>();
  if (phone == nullptr) {
    throw ConfigError(snapshot.empty() ? "restore() was given an empty snapshot"
                                       : "restore() was given a snapshot that is not "
                                         "a simulated phone's");
  }
  const bool ours = phone->shared == impl_->shared;
  const Hash128 theirs = phone->shared->apps.content_hash;
  if (theirs != apps().content_hash) {
    throw DataError(fmt::format("the snapshot was made with other apps ({}, these are {})",
                                theirs.hex(), apps().content_hash.hex()));
  }
  // Of another pool, it moves to this one's apps, which live as long as this does.
  PhoneEpisode episode = ours ? phone->episode : moved_onto(apps(), phone->episode);
  set_episode_state(phone->env);
  return impl_->begin(std::move(episode), modality());
}

void PhoneEnv::set_task(TaskInstance task) {
  PhoneEpisode& episode = impl_->episode;
  if (!episode.task) throw ConfigError("set_task() needs an episode: call reset() first");
  episode.progress = task::task_progress(task, apps(), episode.state.world);
  episode.step = 0;
  episode.task = std::make_shared<const TaskInstance>(std::move(task));
  impl_->foresight.forget();
  set_episode_state({.rng = episode_state().rng, .running = true});
}

const app::AppSet& PhoneEnv::apps() const { return impl_->shared->apps; }
const sim::PhoneState& PhoneEnv::state() const { return impl_->episode.state; }
const TaskInstance& PhoneEnv::task() const {
  if (!impl_->episode.task) throw ConfigError("task() needs an episode: call reset() first");
  return *impl_->episode.task;
}
const layout::Frame& PhoneEnv::frame() {
  return impl_->observer.screen().frame(impl_->episode.state);
}
const std::string& PhoneEnv::task_id() const { return task().spec->id; }
ThoughtLanguage PhoneEnv::thoughts() const { return impl_->config.thoughts; }

std::unique_ptr<PhoneEnv> make_phone_env(const PhoneEnvConfig& config) {
  return std::make_unique<PhoneEnv>(load_phone_shared(config.apps_dir, config.pixels),
                                    config);
}

}  // namespace paperphone
