#include "rl/rollout/decision_point.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "env/base/compression.h"
#include "env/base/error.h"
#include "env/sim/machine.h"
#include "env/task/task.h"
#include "rl/rollout/jobs.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

using agent::PolicyInput;
using app::TaskSpec;
using data::Trajectory;
using task::TaskInstance;

std::vector<std::uint8_t> PackedScreen::pixels_HWC() const {
  std::vector<std::uint8_t> pixels(std::size_t(height) * std::size_t(width) * 3);
  decompress(packed, pixels);
  return pixels;
}

PolicyInput DecisionPoint::input(std::uint64_t seed, ScreenPixels& pixels) const {
  PolicyInput out;
  out.instruction = instruction;
  pixels = {};
  const auto unpack = [&](const PackedScreen& packed) {
    pixels.bytes.push_back(packed.pixels_HWC());
    pixels.views.push_back({pixels.bytes.back(), packed.height, packed.width});
  };
  if (screen) {
    for (const PackedScreenPtr& before : earlier) unpack(*before);
    unpack(*screen);
    out.screen = pixels.views.back();
    out.earlier = std::span(pixels.views).first(earlier.size());
  }
  out.history = history;
  out.seed = seed;
  return out;
}

namespace {

// Equal screens once, for all threads, as long as anybody holds them.
class ScreenPool {
 public:
  PackedScreenPtr keep(const ImageView& image, const Hash128& hash) {
    if (image.pixels_HWC.empty()) return nullptr;
    const std::lock_guard lock(mutex_);
    std::weak_ptr<const PackedScreen>& known = screens_[hash];
    PackedScreenPtr screen = known.lock();
    if (!screen) {
      screen = std::make_shared<const PackedScreen>(
          PackedScreen{image.height, image.width, compress(image.pixels_HWC), hash});
      known = screen;
    }
    return screen;
  }

 private:
  std::mutex mutex_;
  std::map<Hash128, std::weak_ptr<const PackedScreen>> screens_;  // guarded by mutex_
};

constexpr double kSameTemplate = 0.5;  // share of other tasks that ask for the like
constexpr double kSameApp = 0.75;      // of the rest: those of the app in front

// Other tasks that make sense at this moment, and what the expert would do about them.
class OtherTasks {
 public:
  OtherTasks(const Phones& phones, std::string_view split)
      : phones_(&phones), all_(phones.tasks(split)) {}

  void add(const PhoneEnv& phone, Rng rng, int count, const DecisionPoint& like,
           std::vector<DecisionPoint>* out) const {
    const int front = phone.state().front_app();
    std::vector<const TaskSpec*> near;
    for (const TaskSpec* task : all_)
      if (task->app >= 0 && task->app == front) near.push_back(task);
    for (int i = 0; i < count; ++i) {
      const TaskSpec& spec = choose(phone, near, rng);
      DecisionPoint other;
      try {
        const TaskInstance task = task::sample_task(
            phones_->apps(), spec, phone.state(), rng.fork(std::uint64_t(i)));
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
      other.earlier = like.earlier;
      other.screen = like.screen;
      out->push_back(std::move(other));
    }
  }

 private:
  const TaskSpec& choose(const PhoneEnv& phone,
                         const std::vector<const TaskSpec*>& near, Rng& rng) const {
    const TaskSpec& own = *phone.task().spec;
    if (!own.params.empty() && rng.chance(kSameTemplate)) return own;
    const auto& choice = !near.empty() && rng.chance(kSameApp) ? near : all_;
    return *choice[rng.below(choice.size())];
  }

  const Phones* phones_;
  std::vector<const TaskSpec*> all_;
};

// Of the screen behind so many steps.
const Hash128& frame_hash_after(const Trajectory& trajectory, std::size_t steps) {
  return steps == 0 ? trajectory.initial_frame_hash
                    : trajectory.steps[steps - 1].frame_hash;
}

}  // namespace

void collect_decision_points(
    const Phones& phones, const CollectOptions& options,
    const std::function<void(std::vector<DecisionPoint>&&)>& on_episode) {
  std::vector<std::vector<DecisionPoint>> episodes(std::size_t(options.episodes));
  const OtherTasks others(phones, options.split);
  ScreenPool screens;
  const auto note = [&](const EpisodeView& view) {
    if (view.over || view.advice->actions.empty())
      return;  // no way to the goal any more
    DecisionPoint point;
    point.task_id = view.trajectory.task_id;
    point.instruction = view.trajectory.instruction;
    point.history.assign(view.history.begin(), view.history.end());
    const auto& steps = view.trajectory.steps;
    for (std::size_t i = 0; i < view.earlier.size(); ++i)
      point.earlier.push_back(screens.keep(
          view.earlier[i],
          frame_hash_after(view.trajectory, steps.size() - view.earlier.size() + i)));
    point.screen =
        screens.keep(view.screen, frame_hash_after(view.trajectory, steps.size()));
    point.advice = *view.advice;
    std::vector<DecisionPoint>& points = episodes[view.episode];
    points.push_back(point);
    if (options.other_tasks == 0) return;
    const Rng rng = Rng(view.trajectory.seed).fork("wander");
    others.add(view.phone, rng.fork("others", points.size()), options.other_tasks,
               point, &points);
  };
  const auto jobs = stream_jobs(
      {.split = options.split, .seed = options.seed, .name = options.stream}, 0,
      options.episodes);
  RolloutRunner runner(phones,
                       {.num_threads = options.threads, .pixels = options.pixels});
  const auto expert = agent::make_expert_policy();
  int done = 0;
  runner.run(jobs, *expert, {.noise = options.noise,
                             .earlier_screens = options.earlier_screens,
                             .observe = note},
             [&](Rollout&& rollout) {
               on_episode(std::exchange(episodes[rollout.episode], {}));
               if (options.on_progress) options.on_progress(++done);
             });
}

std::vector<DecisionPoint> collect_decision_points(const Phones& phones,
                                                   const CollectOptions& options) {
  std::vector<DecisionPoint> out;
  collect_decision_points(phones, options, [&](std::vector<DecisionPoint>&& points) {
    std::move(points.begin(), points.end(), std::back_inserter(out));
  });
  return out;
}

}  // namespace paperphone::rl
