#include "env/phone/phone_env.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/app/loader.h"
#include "env/app/world/genesis.h"
#include "env/base/error.h"
#include "env/base/overloaded.h"
#include "env/layout/layout.h"
#include "env/phone/episode.h"
#include "env/phone/nuisance.h"
#include "env/phone/screen.h"
#include "env/render/renderer.h"
#include "env/sim/machine.h"
#include "env/sim/system/launcher.h"
#include "env/task/expert.h"
#include "env/task/task.h"
#include "env/touch/gestures.h"

namespace paperphone {

using app::AppSet;
using app::Finding;
using app::TaskSpec;
using app::Value;
using app::World;
using app::default_apps_dir;
using app::make_world;
using app::moved_onto;
using layout::Fonts;
using layout::Frame;
using layout::Layout;
using render::PieceStoreConfig;
using sim::Event;
using sim::Lock;
using sim::Machine;
using sim::PhoneState;
using sim::Shade;
namespace event = sim::event;
using task::TaskInstance;
using task::task_progress;

namespace {

constexpr std::int64_t kStepMs = 1000;      // virtual time of one action
constexpr double kMaxWaitSeconds = 60.0;
constexpr int kTaskDraws = 50;

constexpr int kWidthDp = 360;
constexpr int kHeightDp = 800;

void check_device(int width, int height) {
  const bool known = (width == 360 && height == 800) ||
                     (width == 540 && height == 1200) ||
                     (width == 1080 && height == 2400);
  if (!known) {
    throw ConfigError(fmt::format(
        "unknown device {}x{} (known: 360x800, 540x1200, 1080x2400)", width, height));
  }
}

}  // namespace

void check_variation(const Variation& variation) {
  check_device(variation.width, variation.height);
  if (variation.font_percent < 85 || variation.font_percent > 130) {
    throw ConfigError(
        fmt::format("font_percent must be 85 to 130, not {}", variation.font_percent));
  }
  nuisance_level(variation.suite);
}

class PhoneShared {
 public:
  // Without caches there are no pixels.
  PhoneShared(const std::filesystem::path& apps_dir, const PieceStoreConfig* caches,
              std::vector<Finding>* blemishes)
      : apps(app::load_apps(apps_dir, blemishes)),
        fonts(layout::load_fonts(apps_dir)),
        machine(apps, sim::PinyinDictionary::load(apps_dir)),
        layout(machine, fonts, kHeightDp),
        pieces(caches != nullptr ? render::make_piece_store(apps_dir, *caches) : nullptr) {
    for (const auto& app : apps.apps) {
      if (!app.hidden) app_titles.push_back(app.title);
    }
  }
  PhoneShared(const PhoneShared&) = delete;
  PhoneShared& operator=(const PhoneShared&) = delete;

  const AppSet apps;
  const Fonts fonts;
  const Machine machine;
  const Layout layout;
  std::vector<std::string> app_titles;
  std::shared_ptr<render::PieceStore> pieces;  // shared by all renderers; null without pixels
};

std::shared_ptr<const PhoneShared> load_phone_shared(
    const std::filesystem::path& apps_dir, bool pixels, std::vector<Finding>* blemishes) {
  const PieceStoreConfig usual;
  return std::make_shared<const PhoneShared>(
      apps_dir.empty() ? default_apps_dir() : apps_dir, pixels ? &usual : nullptr,
      blemishes);
}

std::shared_ptr<const PhoneShared> load_phone_shared(
    const std::filesystem::path& apps_dir, const PieceStoreConfig& caches) {
  return std::make_shared<const PhoneShared>(
      apps_dir.empty() ? default_apps_dir() : apps_dir, &caches, nullptr);
}

const AppSet& shared_apps(const PhoneShared& shared) { return shared.apps; }
const Machine& shared_machine(const PhoneShared& shared) { return shared.machine; }
const Layout& shared_layout(const PhoneShared& shared) { return shared.layout; }
const Fonts& shared_fonts(const PhoneShared& shared) { return shared.fonts; }
std::shared_ptr<render::PieceStore> shared_pieces(const PhoneShared& shared) {
  return shared.pieces;
}

struct PhoneEnv::Impl {
  Impl(std::shared_ptr<const PhoneShared> shared_data, const PhoneEnvConfig& c)
      : shared(std::move(shared_data)), config(c), screen(shared->layout, shared->pieces) {}

  std::shared_ptr<const PhoneShared> shared;  // shared by all environments
  PhoneEnvConfig config;
  BoxSpace observation_space;
  ActionSpace action_space;
  PhoneEpisode episode;
  Screen screen;
  std::shared_ptr<const ScreenFrame> handed_out;  // keeps Observation::screen valid
  std::vector<UiNode> tree;

  const AppSet& apps() const { return shared->apps; }
  PhoneState& state() { return episode.state; }

  touch::Scale scale() const { return {episode.variation.width, kWidthDp}; }

  const Frame& current_frame() { return screen.frame(episode.state); }

  void use_device(const Variation& variation) {
    observation_space = {.height = variation.height, .width = variation.width};
    action_space.width = variation.width;
    action_space.height = variation.height;
    action_space.apps = shared->app_titles;
    if (config.pixels) screen.set_size(variation.width, variation.height);
  }

  // ---- reset --------------------------------------------------------------------

  std::vector<const TaskSpec*> candidates(const ResetOptions& options) const {
    if (!options.task_id.empty()) {
      const TaskSpec* task = apps().task(options.task_id);
      if (!task) {
        throw ConfigError(task::unknown_task(apps(), options.task_id));
      }
      return {task};
    }
    std::vector<const TaskSpec*> tasks =
        task::tasks_of_split(apps(), options.split, config.app_ids);
    if (tasks.empty()) {
      throw ConfigError(fmt::format("no task in split '{}' for apps [{}]", options.split,
                                    fmt::join(config.app_ids, ", ")));
    }
    return tasks;
  }

  void vary(PhoneState& state, const Variation& variation, const Rng& rng) const {
    app::AppData& phone = state.world.apps[0].edit();
    if (variation.dark) phone.vars[apps().phone.dark_mode] = Value::of_bool(true);
    if (variation.font_percent != 100) {
      phone.vars[apps().phone.font_percent] = Value::of_int(variation.font_percent);
    }
    if (variation.shuffle_icons) {
      Rng order = rng.fork("icons");
      for (std::size_t i = state.icon_order.size(); i > 1; --i) {
        std::swap(state.icon_order[i - 1], state.icon_order[order.below(i)]);
      }
    }
    if (variation.folders) sim::put_into_folders(state);
    if (variation.nav_buttons) state.navigation = sim::Navigation::kButtons;
    if (variation.locked) state.lock = Lock::kLocked;
    state.nuisance_level = std::uint8_t(nuisance_level(variation.suite));
    state.nuisance_key = state.nuisance_level ? rng.fork("nuisance").key() : 0;
  }

  void start(const Rng& rng, const ResetOptions& options) {
    const Variation variation = options.variation.value_or(config.variation);
    check_variation(variation);
    const auto tasks = candidates(options);
    PhoneState state = shared->machine.initial_state(make_world(apps(), rng.fork("world")));
    vary(state, variation, rng);
    Rng task_rng = rng.fork("task");
    // A template may have no instance in this world; another one is drawn then,
    // unless the caller asked for just this one.
    for (int draw = 0;; ++draw) {
      const TaskSpec& spec = *tasks[task_rng.below(tasks.size())];
      try {
        episode.task = std::make_shared<const TaskInstance>(
            task::sample_task(apps(), spec, state, rng.fork("instance", draw), options.params));
        break;
      } catch (const DataError&) {
        if (tasks.size() == 1 || draw >= kTaskDraws) throw;
      }
    }
    episode.state = std::move(state);
    episode.variation = variation;
    episode.step = 0;
    episode.progress = 0.0f;
    use_device(variation);
  }

  // ---- step ---------------------------------------------------------------------

  Point to_dp(Point px) const { return {scale().to_dp(px.x), scale().to_dp(px.y)}; }

  bool on_screen(Point px) const {
    return px.x >= 0 && px.y >= 0 && px.x < episode.variation.width &&
           px.y < episode.variation.height;
  }

  ActionOutcome touch(Point px, bool hold) {
    if (!on_screen(px)) return ActionOutcome::kOutOfBounds;
    const Frame& now = current_frame();
    return follow(hold ? touch::hold_gesture(now, to_dp(px)) : touch::tap_gesture(now, to_dp(px)));
  }

  ActionOutcome swipe(const Swipe& action) {
    if (!on_screen(action.from) || !on_screen(action.to)) {
      return ActionOutcome::kOutOfBounds;
    }
    const double seconds = std::clamp(action.seconds, 0.0, kMaxWaitSeconds);
    return follow(touch::swipe_gesture(current_frame(), state(), to_dp(action.from),
                                to_dp(action.to), int(std::lround(seconds * 1000.0))));
  }

  ActionOutcome follow(const touch::Gesture& gesture) {
    if (const auto* outcome = std::get_if<ActionOutcome>(&gesture)) return *outcome;
    return apply(std::get<Event>(gesture));
  }

  ActionOutcome apply(const Event& event) {
    return shared->machine.apply(episode.state, event);
  }

  ActionOutcome open(std::string_view title) {
    const int app = apps().find(title);
    if (app < 0 || apps().apps[app].hidden) return ActionOutcome::kUnknownApp;
    return apply(event::Open{app});
  }

  ActionOutcome press(Button button) {
    switch (button) {
      case Button::kBack:
        return apply(event::Back{});
      case Button::kHome:
        return apply(event::Home{});
      case Button::kMenu:
        return apply(event::Recents{});
      case Button::kEnter:
        return apply(event::Submit{});
    }
    return ActionOutcome::kNoTarget;
  }

  ActionOutcome press(std::string_view key) {
    if (key == "clear") return apply(event::Clear{});
    if (key == "power") return apply(event::Power{});
    if (key == "volume_up") return apply(event::Volume{1});
    if (key == "volume_down") return apply(event::Volume{-1});
    return ActionOutcome::kNoTarget;
  }

  ActionOutcome carry_out(const Action& action) {
    return std::visit(
        Overloaded{[&](const KeyPress& a) { return press(a.name); },
                   [&](const Click& a) { return touch(a.point, false); },
                   [&](const LongPress& a) { return touch(a.point, true); },
                   [&](const Swipe& a) { return swipe(a); },
                   [&](const TypeText& a) { return apply(event::Type{a.utf8}); },
                   [&](const SystemButton& a) { return press(a.button); },
                   [&](const OpenApp& a) { return open(a.app); },
                   // Time passes, or the episode ends.
                   [](const OneOf<Wait, Terminate, Answer> auto&) {
                     return ActionOutcome::kApplied;
                   }},
        action);
  }

  EndReason end_of(const Action& action, bool goal, const Info& info) const {
    const TaskInstance& task = *episode.task;
    bool reached = goal;
    if (const auto* answer = std::get_if<Answer>(&action)) {
      reached = task::answer_matches(task, answer->utf8);
    } else if (const auto* end = std::get_if<Terminate>(&action)) {
      if (end->status == TerminateStatus::kFailure) return EndReason::kGaveUp;
      reached = goal && task.spec->answer.empty();
    } else {
      return episode.step >= task.spec->max_steps ? EndReason::kStepLimit
                                                  : EndReason::kOngoing;
    }
    if (!reached) return EndReason::kFalseComplete;
    return info.side_effects.empty() ? EndReason::kGoalReached : EndReason::kSideEffect;
  }

  // ---- observation ----------------------------------------------------------------

  // Sets info.frame_hash too, if asked for.
  Observation observe(Wanted wanted, Info& info) {
    Observation observation{.screen = {},
                            .instruction = episode.task->instruction,
                            .step = episode.step};
    if (wants(wanted, Wanted::kTree)) observation.tree = read_tree();
    if (!config.pixels) return observation;
    if (wants(wanted, Wanted::kFrame)) {
      handed_out = screen.picture(episode.state);
      observation.frame = handed_out;
      info.frame_hash = handed_out->hash;
      if (wants(wanted, Wanted::kPixels)) {
        observation.screen = screen.keeps_pixels() ? screen.pixels(episode.state)
                                                   : handed_out->view();
      }
    } else if (wants(wanted, Wanted::kPixels)) {
      observation.screen = screen.pixels(episode.state);
      if (config.hashes) info.frame_hash = hash_bytes(observation.screen.pixels_HWC);
    }
    return observation;
  }

  Rect to_px(const Rect& dp) const {
    const int x = scale().to_px(dp.x), y = scale().to_px(dp.y);
    return {x, y, scale().to_px(dp.x + dp.width) - x, scale().to_px(dp.y + dp.height) - y};
  }

  std::span<const UiNode> read_tree() {
    tree.clear();
    for (const layout::Node& node : current_frame().nodes) {
      const bool touchable = node.target.where != sim::Target::Where::kNone;
      // Panels only keep touches from what is below.
      if (!touchable && node.text.empty() && node.address.empty()) continue;
      tree.push_back({.rect = to_px(node.rect),
                      .role = node.role,
                      .text = node.text,
                      .address = node.address,
                      .touchable = touchable,
                      .enabled = node.enabled,
                      .checked = node.checked,
                      .focused = node.focused,
                      .partly_hidden = node.partly_hidden});
    }
    return tree;
  }

  std::string screen_id() const {
    const PhoneState& s = episode.state;
    if (s.lock != Lock::kOpen) return "phone/lock";
    if (s.shade == Shade::kNotices) return "phone/notices";
    if (s.shade == Shade::kControls) return "phone/controls";
    if (s.shell == sim::Shell::kRecents) return "phone/recents";
    if (const sim::ScreenEntry* top = s.top()) {
      const app::AppSpec& app = apps().apps[s.front_app()];
      return app.id + "/" + app.screens[top->screen].id;
    }
    return "phone/launcher";
  }

  void fill(Info& info) {
    info.screen_id = screen_id();
    info.elapsed_ms = episode.state.world.now_ms - episode.task->initial.now_ms;
    if (config.hashes) info.state_hash = sim::hash_state(episode.state);
  }

  ResetResult begin(Wanted wanted) {
    ResetResult result;
    result.observation = observe(wanted, result.info);
    fill(result.info);
    return result;
  }
};

PhoneEnv::PhoneEnv(std::shared_ptr<const PhoneShared> shared, const PhoneEnvConfig& config)
    : impl_(std::make_unique<Impl>(std::move(shared), config)) {
  if (config.pixels && !impl_->shared->pieces) {
    throw ConfigError("an environment with pixels needs shared data loaded with pixels");
  }
  for (const auto& id : config.app_ids) {
    if (id != "cross" && impl_->apps().find(id) < 0) {
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
  impl_->start(rng, options);
  return impl_->begin(wanted());
}

StepResult PhoneEnv::do_step(const Action& action) {
  Impl& p = *impl_;
  PhoneEpisode& episode = p.episode;
  const bool ends = std::holds_alternative<Terminate>(action) ||
                    std::holds_alternative<Answer>(action);
  StepResult result;
  result.info.outcome = p.carry_out(action);
  ++episode.step;
  if (!ends) {
    const auto* wait = std::get_if<Wait>(&action);
    const double seconds = wait ? std::clamp(wait->seconds, 0.0, kMaxWaitSeconds) : 0.0;
    const auto ms = wait ? std::llround(seconds * 1000.0) : kStepMs;
    p.apply(event::Tick{ms});
    const std::string_view event = maybe_disturb(p.shared->machine, episode.state);
    if (!event.empty()) result.info.events.emplace_back(event);
  }
  Info& info = result.info;
  const World& world = episode.state.world;
  info.goal_holds = task::goal_holds(*episode.task, p.apps(), world);
  info.progress = task_progress(*episode.task, p.apps(), world);
  const bool last =
      ends || at_step_limit() || episode.step >= episode.task->spec->max_steps;
  if (last) info.side_effects = task::side_effects(*episode.task, p.apps(), world);
  info.end_reason = p.end_of(action, info.goal_holds, info);
  result.terminated =
      info.end_reason != EndReason::kOngoing && info.end_reason != EndReason::kStepLimit;
  result.truncated = info.end_reason == EndReason::kStepLimit;
  info.reward_breakdown.task = info.end_reason == EndReason::kGoalReached ? 1.0f : 0.0f;
  info.reward_breakdown.progress =
      p.config.progress_weight * (info.progress - episode.progress);
  episode.progress = info.progress;
  result.reward = info.reward_breakdown.total();
  result.observation = p.observe(wanted(), info);
  p.fill(info);
  return result;
}

bool PhoneEnv::keep_pixels_in(std::span<std::uint8_t> pixels_HWC) {
  impl_->screen.keep_pixels_in(pixels_HWC);
  return impl_->config.pixels;
}

Advice PhoneEnv::advice() {
  if (!running()) throw ConfigError("advice() needs a running episode: call reset() first");
  return advice_for(*impl_->episode.task);
}

Advice PhoneEnv::advice_for(const TaskInstance& task) const {
  return task::Expert(impl_->shared->machine, impl_->shared->layout, impl_->scale())
      .advise(impl_->episode.state, task);
}

Snapshot PhoneEnv::snapshot() const {
  if (!impl_->episode.task) {
    throw ConfigError("snapshot() needs an episode: call reset() first");
  }
  return Snapshot(std::make_shared<const PhoneSnapshot>(
      PhoneSnapshot{impl_->episode, course(), impl_->shared}));
}

ResetResult PhoneEnv::restore(const Snapshot& snapshot) {
  const auto* phone = snapshot.get<PhoneSnapshot>();
  if (phone == nullptr) {
    throw ConfigError(snapshot.empty() ? "restore() was given an empty snapshot"
                                       : "restore() was given a snapshot that is not "
                                         "a simulated phone's");
  }
  PhoneEpisode episode = phone->episode;
  if (phone->shared != impl_->shared) {
    const Hash128 theirs = shared_apps(*phone->shared).content_hash;
    if (theirs != impl_->apps().content_hash) {
      throw DataError(fmt::format("the snapshot was made with other apps ({}, these are {})",
                                  theirs.hex(), impl_->apps().content_hash.hex()));
    }
    // The same among this pool's own apps, which live as long as this does.
    TaskInstance task = *episode.task;
    task.spec = impl_->apps().task(task.spec->id);
    const World first = make_world(impl_->apps(), task.initial.genesis->key());
    task.initial = moved_onto(first, task.initial);
    episode.state.world = moved_onto(first, episode.state.world);
    episode.task = std::make_shared<const TaskInstance>(std::move(task));
  }
  impl_->episode = std::move(episode);
  set_course(phone->course);
  impl_->use_device(impl_->episode.variation);
  return impl_->begin(wanted());
}

void PhoneEnv::pose(TaskInstance task) {
  PhoneEpisode& episode = impl_->episode;
  if (!episode.task) throw ConfigError("pose() needs an episode: call reset() first");
  episode.progress = task_progress(task, impl_->apps(), episode.state.world);
  episode.step = 0;
  episode.task = std::make_shared<const TaskInstance>(std::move(task));
  set_course({.rng = course().rng, .running = true});
}

const AppSet& PhoneEnv::apps() const { return impl_->apps(); }
const PhoneState& PhoneEnv::state() const { return impl_->episode.state; }
const TaskInstance& PhoneEnv::task() const {
  if (!impl_->episode.task) throw ConfigError("task() needs an episode: call reset() first");
  return *impl_->episode.task;
}
const Frame& PhoneEnv::frame() { return impl_->current_frame(); }
const std::string& PhoneEnv::task_id() const { return task().spec->id; }

std::unique_ptr<PhoneEnv> make_phone_env(const PhoneEnvConfig& config) {
  return std::make_unique<PhoneEnv>(load_phone_shared(config.apps_dir, config.pixels),
                                    config);
}

}  // namespace paperphone
