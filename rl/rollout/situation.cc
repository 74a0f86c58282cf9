#include "rl/rollout/situation.h"

#include <map>
#include <mutex>

#include "env/base/error.h"
#include "env/base/parallel.h"
#include "env/sim/machine.h"
#include "env/task/task.h"
#include "rl/rollout/wander.h"

namespace paperphone::rl {

using agent::PolicyInput;
using app::TaskSpec;

PolicyInput Situation::input(std::uint64_t seed,
                             std::vector<std::uint8_t>& pixels) const {
  PolicyInput out;
  out.instruction = instruction;
  if (screen) {
    pixels = screen->pixels_HWC();
    out.screen = {pixels, screen->height, screen->width};
  }
  out.history = history;
  out.seed = seed;
  return out;
}

namespace {

// Equal screens once, for all threads.
class ScreenPool {
 public:
  ScreenPtr keep(const ImageView& image, const Hash128& hash) {
    if (image.pixels_HWC.empty()) return nullptr;
    const std::lock_guard lock(mutex_);
    ScreenPtr& screen = screens_[hash];
    if (!screen) screen = keep_screen(image);
    return screen;
  }

 private:
  std::mutex mutex_;
  std::map<Hash128, ScreenPtr> screens_;  // guarded by mutex_
};

constexpr double kSameTemplate = 0.5;  // share of other tasks that ask for the like
constexpr double kSameApp = 0.75;      // of the rest: those of the app in front

// Other tasks that make sense at this moment, and what the expert would do about them.
class OtherTasks {
 public:
  OtherTasks(const Phones& phones, std::string_view split)
      : phones_(&phones), all_(phones.tasks(split)) {}

  void add(const PhoneEnv& phone, Rng rng, int count, const Situation& like,
           std::vector<Situation>* out) const {
    if (count == 0) return;
    const int front = phone.state().front_app();
    std::vector<const TaskSpec*> near;
    for (const TaskSpec* task : all_)
      if (task->app >= 0 && task->app == front) near.push_back(task);
    for (int i = 0; i < count; ++i) {
      const TaskSpec& spec = choose(phone, near, rng);
      Situation other;
      try {
        const task::TaskInstance task =
            task::sample_task(phones_->apps(), spec, phone.state(), rng.fork(std::uint64_t(i)));
        if (task.instruction == like.instruction) continue;
        other.instruction = task.instruction;
        other.advice = phone.advice_for(task);
      } catch (const DataError&) {
        continue;  // this world has no instance of it
      }
      if (other.advice.actions.empty()) continue;
      other.other = true;
      other.task_id = spec.id;
      other.history = like.history;
      other.screen = like.screen;
      out->push_back(std::move(other));
    }
  }

 private:
  const TaskSpec& choose(const PhoneEnv& phone, const std::vector<const TaskSpec*>& near,
                         Rng& rng) const {
    const TaskSpec& own = *phone.task().spec;
    if (!own.params.empty() && rng.chance(kSameTemplate)) return own;
    const auto& choice = !near.empty() && rng.chance(kSameApp) ? near : all_;
    return *choice[rng.below(choice.size())];
  }

  const Phones* phones_;
  std::vector<const TaskSpec*> all_;
};

std::vector<Situation> collect_episode(PhoneEnv& phone, const CollectOptions& options,
                                       int index, const OtherTasks& others,
                                       ScreenPool& screens) {
  const EpisodeStart start =
      episode_start(options.split, options.seed, options.stream, std::uint64_t(index));
  Rng rng = Rng(start.seed).fork("wander");
  const ResetResult reset = phone.reset(start.seed, start.options);
  Observation observation = reset.observation;
  Hash128 frame_hash = reset.info.frame_hash;
  std::vector<Situation> out;
  std::vector<agent::HistoryStep> history;
  while (true) {
    Advice advice = phone.advice();
    if (advice.actions.empty()) break;  // no way to the goal any more
    const bool wrong_turn = rng.chance(options.noise);
    Wander turn{advice.actions[0].action, advice.sentence};
    Situation situation;
    situation.task_id = phone.task_id();
    situation.instruction = observation.instruction;
    situation.history = history;
    situation.screen = screens.keep(observation.screen, frame_hash);
    situation.advice = std::move(advice);
    out.push_back(situation);
    others.add(phone, rng.fork("others", out.size()), options.other_tasks, situation, &out);
    if (wrong_turn) turn = wander(phone, rng);
    const StepResult step = phone.step(turn.action);
    history.push_back({turn.sentence, turn.action, step.info.outcome});
    if (step.terminated || step.truncated) break;
    observation = step.observation;
    frame_hash = step.info.frame_hash;
  }
  return out;
}

}  // namespace

std::vector<Situation> collect_situations(const Phones& phones,
                                          const CollectOptions& options) {
  const int threads = std::max(1, options.threads);
  std::vector<std::unique_ptr<PhoneEnv>> workers;
  for (int i = 0; i < threads; ++i) workers.push_back(phones.make(options.pixels));
  std::vector<std::vector<Situation>> episodes(static_cast<std::size_t>(options.episodes));
  const OtherTasks others(phones, options.split);
  ScreenPool screens;
  std::atomic<int> done{0};
  parallel_for(options.episodes, threads, [&](int worker, int index) {
    episodes[std::size_t(index)] =
        collect_episode(*workers[std::size_t(worker)], options, index, others, screens);
    ++done;
    if (worker == 0 && options.on_progress) options.on_progress(done);
  });
  std::vector<Situation> out;
  for (auto& episode : episodes)
    for (Situation& situation : episode) out.push_back(std::move(situation));
  return out;
}

}  // namespace paperphone::rl
