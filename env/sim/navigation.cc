#include "env/sim/navigation.h"

#include <algorithm>

#include "env/app/world/generator.h"
#include "env/sim/system/dialogs.h"
#include "env/sim/transitions.h"

namespace paperphone::sim {

using app::AppSpec;
using app::GoTo;
using app::Place;
using app::ScreenSpec;
using app::Trigger;
using app::Value;

namespace {

// Enough for every sensible chain of `enter` transitions; the rest is cut off, so
// that two screens which send to each other cannot hang the phone.
constexpr int kMaxEntered = 16;
// A walk that only ever pushes forgets the oldest screens above the root.
constexpr std::size_t kMaxStack = 32;

ScreenEntry make_entry(const Run& run, int app, int screen, std::vector<Value> args) {
  const AppSpec& spec = run.apps().apps[app];
  const app::ScreenSpec& screen_spec = spec.screens[screen];
  return {.screen = screen,
          .args = std::move(args),
          .scroll = screen_spec.start_at_end ? kScrollEnd : 0,
          .entered_ms = run.state.world.now_ms};
}

const ScreenSpec& spec_of(const Run& run, const ScreenEntry& entry) {
  const AppSpec& app = run.apps().apps[std::size_t(run.state.recents.back().app)];
  return app.screens[std::size_t(entry.screen)];
}

Place place_of(const Run& run, int var) {
  const int app = run.state.recents.back().app;
  const app::VarSpec& spec = run.apps().apps[std::size_t(app)].vars[std::size_t(var)];
  return {.type = spec.type, .app = app, .var = var};
}

// The variables of the screen on top begin anew. If it stands farther down as well,
// what they were is kept there.
void begin_variables(Run& run) {
  auto& stack = run.state.recents.back().stack;
  const ScreenSpec& screen = spec_of(run, stack.back());
  if (screen.vars.empty()) return;
  const auto below = std::find_if(
      stack.rbegin() + 1, stack.rend(),
      [&](const ScreenEntry& entry) { return entry.screen == stack.back().screen; });
  const AppSpec& app = run.apps().apps[std::size_t(run.state.recents.back().app)];
  for (const int var : screen.vars) {
    const Place place = place_of(run, var);
    if (below != stack.rend()) below->args.push_back(read(place, run.context()));
    write(run, place, run.context(),
          initial_value(app.vars[std::size_t(var)], run.state.world.now_ms));
  }
}

// Screens have been closed: variables kept farther down are in force again.
void restore_variables(Run& run) {
  auto& stack = run.state.recents.back().stack;
  for (auto entry = stack.rbegin(); entry != stack.rend(); ++entry) {
    const ScreenSpec& screen = spec_of(run, *entry);
    const bool open_above = std::any_of(
        stack.rbegin(), entry,
        [&](const ScreenEntry& above) { return above.screen == entry->screen; });
    if (entry->args.size() <= screen.args.size() || open_above) continue;
    for (std::size_t i = 0; i < screen.vars.size(); ++i)
      write(run, place_of(run, screen.vars[i]), run.context(),
            entry->args[screen.args.size() + i]);
    entry->args.resize(screen.args.size());
  }
}

void push(Run& run, ScreenEntry entry) {
  auto& stack = run.state.recents.back().stack;
  if (stack.size() == kMaxStack) stack.erase(stack.begin() + 1);
  stack.push_back(std::move(entry));
  begin_variables(run);
}

// An entry that lay below is on top again.
void returned(Run& run) {
  if (++run.entered <= kMaxEntered) fire(run, Trigger::kArrive);
}

// A new entry is on top.
void entered(Run& run) {
  drop_focus(run.state);
  if (++run.entered > kMaxEntered) return;
  const int before = run.entered;
  fire(run, Trigger::kEnter);
  if (run.entered == before) fire(run, Trigger::kArrive);  // still here
}

int start_of(const Run& run, int app) {
  return run.apps().apps[app].start;
}

// Moves the app's task to the front. False if it has none.
bool raise_recent(PhoneState& state, int app) {
  const auto found =
      std::find_if(state.recents.begin(), state.recents.end(),
                   [app](const RecentApp& recent) { return recent.app == app; });
  if (found == state.recents.end()) return false;
  std::rotate(found, found + 1, state.recents.end());
  state.shell = Shell::kApp;
  drop_focus(state);
  return true;
}

void go_forward(Run& run, const GoTo& target, std::vector<Value> args) {
  PhoneState& state = run.state;
  const int front = state.front_app();
  const int app = target.app >= 0 ? target.app : front;
  ScreenEntry entry = make_entry(run, app, target.screen, std::move(args));
  if (target.mode == GoTo::Mode::kReplace) {
    auto& stack = state.recents.back().stack;
    stack.pop_back();
    // The one entry that may be empty for a moment: it is filled just below, or
    // the phone is leaving it for another app.
    if (stack.empty() && app != front) {
      state.recents.pop_back();
    } else {
      restore_variables(run);
    }
  }
  if (app != front && !raise_recent(state, app)) {
    // Deep into an app that is not running: its start lies below, so that Back
    // stays inside it.
    state.recents.push_back({.app = std::int16_t(app), .stack = {}});
    const int start = start_of(run, app);
    const AppSpec& spec = run.apps().apps[app];
    if (target.screen != start &&
        spec.screens[start].args.empty())
      push(run, make_entry(run, app, start, {}));
  }
  if (target.mode == GoTo::Mode::kReset) state.recents.back().stack.clear();
  push(run, std::move(entry));
  entered(run);
}

void go_back(Run& run, const GoTo& target) {
  if (target.screen < 0) {
    pop_screen(run);
    return;
  }
  auto& stack = run.state.recents.back().stack;
  const auto found = std::find_if(
      stack.rbegin(), stack.rend(),
      [&](const ScreenEntry& entry) { return entry.screen == target.screen; });
  drop_focus(run.state);
  if (found != stack.rend()) {
    const bool moved = found != stack.rbegin();
    stack.erase(found.base(), stack.end());
    restore_variables(run);
    if (moved) returned(run);
    return;
  }
  // It was never visited: what an app would show there is a fresh one.
  const int app = run.state.front_app();
  const AppSpec& spec = run.apps().apps[app];
  if (!spec.screens[target.screen].args.empty()) {
    pop_screen(run);
    return;
  }
  stack.clear();
  push(run, make_entry(run, app, target.screen, {}));
  entered(run);
}

}  // namespace

ActionOutcome press_back(Run& run) {
  PhoneState& state = run.state;
  if (!state.dialogs.empty()) return leave_dialog(run);
  if (state.shade != Shade::kClosed) {
    state.shade = Shade::kClosed;
  } else if (state.shell == Shell::kRecents) {
    go_home(run);
  } else if (state.shell == Shell::kApp) {
    if (state.focus.widget >= 0) {
      drop_focus(state);  // the first Back only hides the keyboard
    } else {
      leave_screen(run);
    }
  } else if (state.launcher != Launcher{}) {
    drop_focus(state);
  } else {
    return ActionOutcome::kNoTarget;
  }
  return ActionOutcome::kApplied;
}

void drop_focus(PhoneState& state) {
  state.focus = {};
  state.launcher = {};
  state.ime = {};
}

void go(Run& run, const GoTo& target, std::vector<Value> args) {
  if (run.state.top() == nullptr) return;
  switch (target.mode) {
    case GoTo::Mode::kStay:
      return;
    case GoTo::Mode::kBack:
      go_back(run, target);
      return;
    case GoTo::Mode::kPush:
    case GoTo::Mode::kReplace:
    case GoTo::Mode::kReset:
      go_forward(run, target, std::move(args));
      return;
  }
}

void pop_screen(Run& run) {
  auto& stack = run.state.recents.back().stack;
  drop_focus(run.state);
  if (stack.size() == 1) {
    // Without its start or a tab bar below, the app could never be found out of again:
    // it ends, and begins anew when it is opened.
    const RecentApp& recent = run.state.recents.back();
    const AppSpec& app = run.apps().apps[recent.app];
    const int last = recent.stack[0].screen;
    const bool ends = last != app.start && app.screens[last].tab.empty();
    go_home(run);
    if (ends) run.state.recents.pop_back();
  } else {
    stack.pop_back();
    restore_variables(run);
    returned(run);
  }
}

void leave_screen(Run& run) {
  if (!fire(run, Trigger::kBack)) pop_screen(run);
}

void go_home(Run& run) {
  drop_focus(run.state);
  drop_app_dialogs(run.state);
  run.state.shade = Shade::kClosed;
  if (run.state.shell == Shell::kLauncher) run.state.launcher_page = 0;
  run.state.shell = Shell::kLauncher;
}

void toggle_recents(Run& run) {
  PhoneState& state = run.state;
  drop_focus(state);
  drop_app_dialogs(state);
  state.shade = Shade::kClosed;
  if (state.shell != Shell::kRecents) {
    state.shell = Shell::kRecents;
  } else {
    state.shell = state.recents.empty() ? Shell::kLauncher : Shell::kApp;
  }
}

void bring_to_front(Run& run, int app) {
  if (raise_recent(run.state, app)) return;
  run.state.recents.push_back({.app = std::int16_t(app), .stack = {}});
  run.state.shell = Shell::kApp;
  push(run, make_entry(run, app, start_of(run, app), {}));
  entered(run);
}

ActionOutcome open_app(Run& run, int app) {
  const auto& apps = run.apps().apps;
  if (app < 0 || app >= int(apps.size()) ||
      apps[app].hidden)
    return ActionOutcome::kUnknownApp;
  run.state.shade = Shade::kClosed;
  if (run.state.front_app() != app) {
    drop_app_dialogs(run.state);
    bring_to_front(run, app);
  }
  return ActionOutcome::kApplied;
}

}  // namespace paperphone::sim
