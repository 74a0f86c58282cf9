#include "env/phone/episode.h"

#include <fmt/format.h>

#include <utility>

#include "env/app/world/generator.h"
#include "env/base/error.h"
#include "env/phone/nuisance.h"
#include "env/phone/shared.h"
#include "env/sim/system/launcher.h"
#include "env/task/notice.h"

namespace paperphone {

using app::AppSet;
using app::TaskSpec;
using app::Value;
using app::World;
using app::make_world;
using sim::PhoneState;
using task::TaskInstance;

namespace {

constexpr int kWidthDp = 360;
constexpr int kTaskDraws = 50;

void check_device(int width, int height) {
  const bool known = (width == 360 && height == 800) ||
                     (width == 540 && height == 1200) ||
                     (width == 1080 && height == 2400);
  if (!known)
    throw ConfigError(fmt::format(
        "unknown device {}x{} (known: 360x800, 540x1200, 1080x2400)", width, height));
}

std::vector<const TaskSpec*> candidates(const AppSet& apps,
                                        const std::vector<std::string>& app_ids,
                                        const ResetOptions& options) {
  if (!options.task_id.empty()) {
    const TaskSpec* task = apps.task(options.task_id);
    if (task == nullptr) throw ConfigError(task::unknown_task(apps, options.task_id));
    return {task};
  }
  std::vector<const TaskSpec*> tasks =
      task::tasks_of_split(apps, options.split, app_ids);
  if (tasks.empty())
    throw ConfigError(fmt::format("no task in split '{}' for apps [{}]", options.split,
                                  fmt::join(app_ids, ", ")));
  return tasks;
}

void vary(PhoneState& state, const app::PhoneVars& vars, const Variation& variation,
          const Rng& rng) {
  app::AppData& phone = state.world.apps[0].edit();
  if (variation.dark) phone.vars[vars.dark_mode] = Value::of_bool(true);
  if (variation.font_percent != 100)
    phone.vars[vars.font_percent] = Value::of_int(variation.font_percent);
  if (variation.shuffle_icons) {
    Rng order = rng.fork("icons");
    for (std::size_t i = state.icon_order.size(); i > 1; --i)
      std::swap(state.icon_order[i - 1], state.icon_order[order.below(i)]);
  }
  if (variation.folders) sim::put_into_folders(state);
  if (variation.nav_buttons) state.navigation = sim::Navigation::kButtons;
  if (variation.locked) state.lock = sim::Lock::kLocked;
  state.nuisance_level = std::uint8_t(nuisance_level(variation.suite));
  state.nuisance_key = state.nuisance_level ? rng.fork("nuisance").key() : 0;
}

// A template may have no instance in this world; another one is drawn then, unless the
// caller asked for just this one.
TaskInstance draw_task(const AppSet& apps, const std::vector<const TaskSpec*>& tasks,
                       const PhoneState& state, const Rng& rng,
                       const ResetOptions& options) {
  Rng choice = rng.fork("task");
  for (int draw = 0;; ++draw) {
    const TaskSpec& spec = *tasks[choice.below(tasks.size())];
    try {
      return task::sample_task(apps, spec, state, rng.fork("instance", draw),
                               options.params);
    } catch (const DataError&) {
      if (tasks.size() == 1 || draw >= kTaskDraws) throw;
    }
  }
}

// It came before anybody could switch such things off; do not disturb keeps it in the shade.
void post_notice(const AppSet& apps, const TaskInstance& task, PhoneState& state) {
  std::optional<sim::Notification> notice = task::notice_of(task, apps);
  if (!notice) return;
  state.notifications.push_back(std::move(*notice));
  const int quiet = apps.phone.do_not_disturb;
  if (quiet < 0 || !state.world.apps[0]->vars[quiet].as_bool())
    state.heads_up_until_ms = state.world.now_ms + sim::kHeadsUpMs;
}

}  // namespace

touch::Scale PhoneEpisode::scale() const { return {variation.width, kWidthDp}; }

void check_variation(const Variation& variation) {
  check_device(variation.width, variation.height);
  if (variation.font_percent < 85 || variation.font_percent > 130)
    throw ConfigError(
        fmt::format("font_percent must be 85 to 130, not {}", variation.font_percent));
  nuisance_level(variation.suite);
}

PhoneEpisode draw_episode(const PhoneShared& shared, const PhoneEnvConfig& config,
                          const Rng& rng, const ResetOptions& options) {
  PhoneEpisode episode;
  episode.variation = options.variation.value_or(config.variation);
  check_variation(episode.variation);
  const auto tasks = candidates(shared.apps, config.app_ids, options);
  episode.state =
      shared.machine.initial_state(make_world(shared.apps, rng.fork("world")));
  vary(episode.state, shared.apps.phone, episode.variation, rng);
  episode.task = std::make_shared<const TaskInstance>(
      draw_task(shared.apps, tasks, episode.state, rng, options));
  post_notice(shared.apps, *episode.task, episode.state);
  return episode;
}

PhoneEpisode moved_onto(const AppSet& apps, const PhoneEpisode& episode) {
  TaskInstance task = *episode.task;
  task.spec = apps.task(task.spec->id);
  const World first = make_world(apps, task.initial.generator->key());
  task.initial = app::moved_onto(first, task.initial);
  PhoneEpisode moved = episode;
  moved.state.world = app::moved_onto(first, episode.state.world);
  moved.task = std::make_shared<const TaskInstance>(std::move(task));
  return moved;
}

}  // namespace paperphone
