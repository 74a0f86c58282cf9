#include "env/sim/machine.h"

#include <algorithm>
#include <type_traits>

#include "env/sim/navigation.h"
#include "env/sim/swipes.h"
#include "env/sim/system/dialogs.h"
#include "env/sim/system/ime.h"
#include "env/sim/system/launcher.h"
#include "env/sim/system/lock_screen.h"
#include "env/sim/system/shade.h"
#include "env/sim/system/timers.h"
#include "env/sim/taps.h"
#include "env/sim/transitions.h"
#include "env/sim/typing.h"

namespace paperphone::sim {

using app::EvalContext;
using app::Ref;
using app::Trigger;

namespace {

ActionOutcome scroll(PhoneState& state, std::int32_t to) {
  if (state.shell != Shell::kApp || state.tasks.empty())
    return ActionOutcome::kNoTarget;
  ScreenEntry& top = state.tasks.back().stack.back();
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

ActionOutcome close_task(PhoneState& state, int task) {
  if (state.shell != Shell::kRecents || task < 0 ||
      task >= static_cast<int>(state.tasks.size()))
    return ActionOutcome::kNoTarget;
  state.tasks.erase(state.tasks.begin() + task);
  return ActionOutcome::kApplied;
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

ActionOutcome apply_event(Run& run, const Event& event) {
  PhoneState& state = run.state;
  // Behind the lock screen only a call can be answered.
  const bool locked = state.lock != Lock::kOpen;
  // Something above swallows everything that is aimed at what lies under it.
  const bool covered = state.covered();
  if (state.selection.open() && !keeps_selection(event)) {
    state.selection = {};
    if (std::holds_alternative<event::Back>(event)) return ActionOutcome::kApplied;
  }
  return std::visit(
      [&](const auto& e) -> ActionOutcome {
        using E = std::decay_t<decltype(e)>;
        if constexpr (std::is_same_v<E, event::Tick>) {
          pass_time(run, e.ms);
          return ActionOutcome::kApplied;
        } else if constexpr (std::is_same_v<E, event::Power>) {
          return press_power(run);
        } else if constexpr (std::is_same_v<E, event::Volume>) {
          return turn_volume(run, e.steps);
        } else if constexpr (std::is_same_v<E, event::Unlock>) {
          return unlock(state);
        } else {
          if (locked) return ActionOutcome::kNoTarget;
          if constexpr (std::is_same_v<E, event::Tap>) {
            return tap(run, e);
          } else if constexpr (std::is_same_v<E, event::Back>) {
            return press_back(run);
          } else if constexpr (std::is_same_v<E, event::Home>) {
            go_home(run);
            return ActionOutcome::kApplied;
          } else if constexpr (std::is_same_v<E, event::Recents>) {
            toggle_recents(run);
            return ActionOutcome::kApplied;
          } else if constexpr (std::is_same_v<E, event::Open>) {
            return open_app(run, e.app);
          } else if constexpr (std::is_same_v<E, event::PullShade>) {
            return state.dialogs.empty() ? pull_shade(state, e.to)
                                         : ActionOutcome::kNoTarget;
          } else if constexpr (std::is_same_v<E, event::Dismiss>) {
            return state.dialogs.empty() ? dismiss(state, e.notification)
                                         : ActionOutcome::kNoTarget;
          } else {
            if (covered) return ActionOutcome::kNoTarget;
            if constexpr (std::is_same_v<E, event::Hold>) {
              return hold(run, e);
            } else if constexpr (std::is_same_v<E, event::Scroll>) {
              const ActionOutcome outcome = scroll(state, e.to);
              if (e.to_end) fire(run, Trigger::kReach);
              return outcome;
            } else if constexpr (std::is_same_v<E, event::LauncherSwipe>) {
              return swipe_launcher(state, e.pages);
            } else if constexpr (std::is_same_v<E, event::SearchApps>) {
              return search_apps(state);
            } else if constexpr (std::is_same_v<E, event::CloseTask>) {
              return close_task(state, e.task);
            } else if constexpr (std::is_same_v<E, event::PushHeadsUp>) {
              if (state.heads_up() == nullptr) return ActionOutcome::kNoTarget;
              state.heads_up_until_ms = 0;
              return ActionOutcome::kApplied;
            } else if constexpr (std::is_same_v<E, event::Pull>) {
              return fire(run, Trigger::kPull) ? ActionOutcome::kApplied
                                               : ActionOutcome::kNoTarget;
            } else if constexpr (std::is_same_v<E, event::Reach>) {
              return fire(run, Trigger::kReach) ? ActionOutcome::kApplied
                                                : ActionOutcome::kNoTarget;
            } else if constexpr (std::is_same_v<E, event::Swipe>) {
              return swipe(run, e);
            } else if constexpr (std::is_same_v<E, event::Type>) {
              if (focus_takes_pinyin(run.machine, state)) state.ime.composing = {};
              return type_text(run, e.utf8);
            } else if constexpr (std::is_same_v<E, event::Clear>) {
              return clear_field(run);
            } else {
              static_assert(std::is_same_v<E, event::Submit>);
              return commit_letters(run) ? ActionOutcome::kApplied : submit(run);
            }
          }
        }
      },
      event);
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
      state.icon_order.push_back(static_cast<std::int16_t>(app));
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
