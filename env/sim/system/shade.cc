#include "env/sim/system/shade.h"

#include <algorithm>

#include "env/sim/navigation.h"
#include "env/sim/system/controls.h"
#include "env/sim/system/settings.h"

namespace paperphone::sim {

using app::PhoneVars;
using app::Value;

namespace {

constexpr std::size_t kMaxNotifications = 50;
constexpr int kVolumeStep = 10;

Value& phone_var(PhoneState& state, int var) {
  return state.world.apps[0].edit().vars[var];
}

bool flag(const PhoneState& state, int var) {
  return var >= 0 && state.world.apps[0]->vars[var].as_bool();
}

int number(const PhoneState& state, int var) {
  return int(
      state.world.apps[0]->vars[var].as_int());
}

// A switch of 设置's page on this app's notifications. What it does not know of is
// allowed.
bool settings_allow(const Machine& machine, const PhoneState& state, int app,
                    std::string_view column) {
  const app::Ref row = settings_row(machine, state, app);
  if (!row.valid()) return true;
  const int at = machine.apps().apps[row.app].tables[row.table].column(column);
  return at < 0 || state.world.find(row)->cells[at].as_bool();
}

ActionOutcome flip(PhoneState& state, int var) {
  Value& value = phone_var(state, var);
  value = Value::of_bool(!value.as_bool());
  return ActionOutcome::kApplied;
}

ActionOutcome set_level(PhoneState& state, int var, int level) {
  const int wanted = (std::clamp(level, 0, 1000) + 5) / 10;  // of 100
  if (number(state, var) != wanted) phone_var(state, var) = Value::of_int(wanted);
  return ActionOutcome::kApplied;
}

}  // namespace

void post(Run& run, Notification notification) {
  PhoneState& state = run.state;
  const int app = notification.app;
  if (!settings_allow(run.machine, state, app, "notify")) return;
  auto& all = state.notifications;
  if (all.size() == kMaxNotifications) all.erase(all.begin());
  all.push_back(std::move(notification));
  // An app does not announce what it shows itself.
  const bool quiet = flag(state, run.apps().phone.do_not_disturb) ||
                     state.front_app() == app || state.shade != Shade::kClosed ||
                     state.lock != Lock::kOpen ||
                     !settings_allow(run.machine, state, app, "banner");
  state.heads_up_until_ms = quiet ? 0 : state.world.now_ms + kHeadsUpMs;
}

bool shade_answers(const Machine& machine, const PhoneState& state, int part) {
  const PhoneVars& vars = machine.apps().phone;
  const bool notices = state.shade == Shade::kNotices;
  if (part >= kShadeNotice)
    return notices &&
           part - kShadeNotice < int(state.notifications.size());
  if (part >= kShadeControl) {
    const auto at = std::size_t(part - kShadeControl);
    return !notices && at < controls().size() && vars.*controls()[at].var >= 0;
  }
  switch (part) {
    case kShadeClearAll:
      return notices && !state.notifications.empty();
    case kShadeSettings:
      return machine.apps().find("settings") >= 0;
    case kShadeTurn:
      return true;
    case kShadeBrightness:
      return !notices && vars.brightness >= 0;
    case kShadeVolume:
      return !notices && vars.media_volume >= 0;
    default:
      return false;
  }
}

ActionOutcome tap_shade(Run& run, const event::Tap& tap) {
  PhoneState& state = run.state;
  const PhoneVars& vars = run.apps().phone;
  const int part = tap.target.part;
  if (part >= kShadeNotice) return follow_notification(run, part - kShadeNotice);
  if (part >= kShadeControl)
    return flip(state,
                vars.*controls()[part - kShadeControl].var);
  switch (part) {
    case kShadeClearAll:
      state.notifications.clear();
      state.shade = Shade::kClosed;
      break;
    case kShadeSettings:
      return open_app(run, run.apps().find("settings"));
    case kShadeTurn:
      return pull_shade(
          state, state.shade == Shade::kNotices ? Shade::kControls : Shade::kNotices);
    case kShadeBrightness:
      return set_level(state, vars.brightness, tap.level < 0 ? 500 : tap.level);
    case kShadeVolume:
      return set_level(state, vars.media_volume, tap.level < 0 ? 500 : tap.level);
    default:
      return ActionOutcome::kNoTarget;
  }
  return ActionOutcome::kApplied;
}

ActionOutcome pull_shade(PhoneState& state, Shade to) {
  if (state.shade == to) return ActionOutcome::kNoTarget;
  state.shade = to;
  state.heads_up_until_ms = 0;
  return ActionOutcome::kApplied;
}

ActionOutcome push_heads_up(PhoneState& state) {
  if (state.heads_up() == nullptr) return ActionOutcome::kNoTarget;
  state.heads_up_until_ms = 0;
  return ActionOutcome::kApplied;
}

ActionOutcome dismiss(PhoneState& state, int notification) {
  auto& all = state.notifications;
  if (notification < 0 || notification >= int(all.size()))
    return ActionOutcome::kNoTarget;
  if (notification + 1 == int(all.size())) state.heads_up_until_ms = 0;
  all.erase(all.begin() + notification);
  return ActionOutcome::kApplied;
}

ActionOutcome follow_notification(Run& run, int notification) {
  PhoneState& state = run.state;
  Notification chosen = state.notifications[notification];
  dismiss(state, notification);
  const ActionOutcome opened = open_app(run, chosen.app);
  if (chosen.screen < 0 || opened != ActionOutcome::kApplied) return opened;
  const ScreenEntry* top = state.top();
  if (top->screen == chosen.screen && top->args == chosen.args) return opened;
  go(run,
     {.mode = app::GoTo::Mode::kPush,
      .app = chosen.app,
      .screen = chosen.screen,
      .args = {}},
     std::move(chosen.args));
  return ActionOutcome::kApplied;
}

ActionOutcome turn_volume(Run& run, int steps) {
  const int var = run.apps().phone.media_volume;
  if (var < 0 || run.state.lock == Lock::kOff) return ActionOutcome::kNoTarget;
  const int now = number(run.state, var);
  const int next = std::clamp(now + steps * kVolumeStep, 0, 100);
  if (next != now) phone_var(run.state, var) = Value::of_int(next);
  return ActionOutcome::kApplied;
}

void Machine::post(PhoneState& state, Notification notification) const {
  Run run{.machine = *this, .state = state};
  sim::post(run, std::move(notification));
}

}  // namespace paperphone::sim
