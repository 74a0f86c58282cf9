#include "env/sim/machine.h"

#include <algorithm>

#include "env/base/overloaded.h"
#include "env/sim/map_view.h"
#include "env/sim/navigation.h"
#include "env/sim/swipes.h"
#include "env/sim/system/dialogs.h"
#include "env/sim/system/launcher.h"
#include "env/sim/system/lock_screen.h"
#include "env/sim/system/shade.h"
#include "env/sim/system/timers.h"
#include "env/sim/taps.h"
#include "env/sim/transitions.h"
#include "env/sim/typing/ime.h"
#include "env/sim/typing/typing.h"

namespace paperphone::sim {

using app::EvalContext;
using app::Ref;
using app::Trigger;

namespace {

ActionOutcome scroll(PhoneState& state, std::int32_t to) {
  if (state.shell != Shell::kApp || state.recents.empty())
    return ActionOutcome::kNoTarget;
  ScreenEntry& top = state.recents.back().stack.back();
  top.scroll = std::clamp(to, 0, kScrollEnd);
  top.opened = {};
  return ActionOutcome::kApplied;
}

ActionOutcome swipe_launcher(PhoneState& state, int pages) {
  if (state.shell != Shell::kLauncher || state.launcher != Launcher{})
    return ActionOutcome::kNoTarget;
  const int page =
      std::clamp(state.launcher_page + pages, 0, state.launcher_pages() - 1);
  if (page == state.launcher_page) return ActionOutcome::kNoTarget;
  state.launcher_page = page;
  return ActionOutcome::kApplied;
}

ActionOutcome close_recent(PhoneState& state, int recent) {
  if (state.shell != Shell::kRecents || recent < 0 ||
      recent >= int(state.recents.size()))
    return ActionOutcome::kNoTarget;
  state.recents.erase(state.recents.begin() + recent);
  return ActionOutcome::kApplied;
}

// What keeps an event from arriving; each includes those before it.
enum class Barrier : std::uint8_t {
  kNone,
  kLock,      // the lock screen: behind it only a call can be answered
  kDialog,    // a dialog waits for its answer
  kAnything,  // something lies above and takes what is aimed at what is under it
};

Barrier barrier_to(const Event& event) {
  using namespace event;
  return std::visit(
      Overloaded{
          [](const OneOf<Tick, Power, Volume, Unlock> auto&) { return Barrier::kNone; },
          [](const OneOf<Tap, Back, Home, Recents, Open> auto&) {
            return Barrier::kLock;
          },
          [](const OneOf<PullShade, Dismiss> auto&) { return Barrier::kDialog; },
          [](const OneOf<Hold, Scroll, Pull, Reach, Swipe, Pan, Type, Clear, Submit,
                         LauncherSwipe, SearchApps, CloseRecent, PushHeadsUp> auto&) {
            return Barrier::kAnything;
          }},
      event);
}

bool is_stopped(const PhoneState& state, Barrier barrier) {
  switch (barrier) {
    case Barrier::kNone:
      return false;
    case Barrier::kLock:
      return state.lock != Lock::kOpen;
    case Barrier::kDialog:
      return state.lock != Lock::kOpen || !state.dialogs.empty();
    case Barrier::kAnything:
      return state.covered();
  }
  return true;
}

// The selection menu goes with the next touch, wherever that lands; what is typed
// replaces the selected text.
bool keeps_selection(const Event& event) {
  if (const auto* tap = std::get_if<event::Tap>(&event))
    return tap->target.where == Target::Where::kSelection ||
           tap->target.where == Target::Where::kIme;
  return std::holds_alternative<event::Tick>(event) ||
         std::holds_alternative<event::Type>(event);
}

ActionOutcome applied_if(bool done) {
  return done ? ActionOutcome::kApplied : ActionOutcome::kNoTarget;
}

// REQUIRES: nothing stops it.
ActionOutcome carry_out(Run& run, const Event& event) {
  PhoneState& state = run.state;
  constexpr auto kApplied = ActionOutcome::kApplied;
  return std::visit(
      Overloaded{
          [&](const event::Tap& e) { return tap(run, e); },
          [&](const event::Hold& e) { return hold(run, e); },
          [&](const event::Scroll& e) {
            const ActionOutcome outcome = scroll(state, e.to);
            if (e.to_end) fire(run, Trigger::kReach);
            return outcome;
          },
          [&](const event::LauncherSwipe& e) { return swipe_launcher(state, e.pages); },
          [&](const event::Pull&) { return applied_if(fire(run, Trigger::kPull)); },
          [&](const event::Reach&) { return applied_if(fire(run, Trigger::kReach)); },
          [&](const event::Swipe& e) { return swipe(run, e); },
          [&](const event::Pan& e) { return pan(run, e); },
          [&](const event::Type& e) {
            if (focus_takes_pinyin(run.machine, state)) state.ime.composing = {};
            return type_text(run, e.utf8);
          },
          [&](const event::Clear&) { return clear_field(run); },
          [&](const event::Submit&) {
            return commit_letters(run) ? kApplied : submit(run);
          },
          [&](const event::Back&) { return press_back(run); },
          [&](const event::Home&) {
            go_home(run);
            return kApplied;
          },
          [&](const event::Recents&) {
            toggle_recents(run);
            return kApplied;
          },
          [&](const event::Open& e) { return open_app(run, e.app); },
          [&](const event::Tick& e) {
            pass_time(run, e.ms);
            return kApplied;
          },
          [&](const event::PullShade& e) { return pull_shade(state, e.to); },
          [&](const event::Dismiss& e) { return dismiss(state, e.notification); },
          [&](const event::PushHeadsUp&) { return push_heads_up(state); },
          [&](const event::CloseRecent& e) { return close_recent(state, e.recent); },
          [&](const event::Power&) { return press_power(run); },
          [&](const event::Volume& e) { return turn_volume(run, e.steps); },
          [&](const event::Unlock&) { return unlock(state); },
          [&](const event::SearchApps&) { return search_apps(state); }},
      event);
}

ActionOutcome apply_event(Run& run, const Event& event) {
  PhoneState& state = run.state;
  const bool stopped = is_stopped(state, barrier_to(event));
  if (state.selection.open() && !keeps_selection(event)) {
    state.selection = {};
    if (std::holds_alternative<event::Back>(event)) return ActionOutcome::kApplied;
  }
  return stopped ? ActionOutcome::kNoTarget : carry_out(run, event);
}

// A focused field that went away (hidden, its row deleted) takes the keyboard
// with it; what has had its time is forgotten.
void tidy(const Machine& machine, PhoneState& state) {
  if (state.focus.widget >= 0 && focused_widget(machine, state) == nullptr)
    drop_focus(state);
  if (state.toast.until_ms != 0 && state.world.now_ms >= state.toast.until_ms)
    state.toast = {};
  if (state.heads_up_until_ms != 0 && state.world.now_ms >= state.heads_up_until_ms)
    state.heads_up_until_ms = 0;
  if (!state.dialogs.empty()) close_expired(state);
  if (state.selection.in_field() && !takes_text(machine, state)) state.selection = {};
}

}  // namespace

PhoneState Machine::initial_state(app::World world) const {
  PhoneState state;
  state.world = std::move(world);
  for (std::size_t app = 0; app < apps_->apps.size(); ++app)
    if (!apps_->apps[app].hidden)
      state.icon_order.push_back(std::int16_t(app));
  if (const int var = apps_->phone.icon_order; var >= 0)
    arrange_icons(state, state.world.apps[0]->vars[std::size_t(var)].as_int());
  return state;
}

ActionOutcome Machine::apply(PhoneState& state, const Event& event) const {
  Run run{.machine = *this, .state = state};
  const ActionOutcome outcome = apply_event(run, event);
  tidy(*this, state);
  return outcome;
}

void Machine::enter(PhoneState& state, int app, int screen,
                    std::vector<app::Value> args) const {
  Run run{.machine = *this, .state = state};
  if (state.front_app() != app) bring_to_front(run, app);
  go(run, {.mode = app::GoTo::Mode::kPush, .app = app, .screen = screen, .args = {}},
     std::move(args));
  tidy(*this, state);
}

EvalContext Machine::context(const PhoneState& state, Ref row) const {
  const ScreenEntry* top = state.top();
  EvalContext context{.world = state.world,
                      .apps = *apps_,
                      .row = row,
                      .it = {},
                      .made = {},
                      .args = {},
                      .params = {}};
  if (top != nullptr) context.args = top->args;
  return context;
}

std::string Machine::focused_text(const PhoneState& state) const {
  return field_text(*this, state);
}

}  // namespace paperphone::sim
