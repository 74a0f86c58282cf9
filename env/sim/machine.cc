#include "env/sim/machine.h"

#include <algorithm>
#include <type_traits>

#include "env/sim/run.h"

namespace paperphone::sim {

using app::AppSet;
using app::EvalContext;
using app::Expr;
using app::Prop;
using app::Ref;
using app::ScreenSpec;
using app::SelectedRow;
using app::Trigger;
using app::Widget;
using app::holds;

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

enum class Shown : std::uint8_t { kNotHere, kHidden, kYes };

// Is the widget, and everything it lies in, shown? Its `show` and theirs count.
Shown find_shown(const std::vector<Widget>& forest, std::int32_t index,
                 const EvalContext& context) {
  for (const Widget& widget : forest) {
    if (widget.index > index) break;  // indices are in pre-order
    Shown found = widget.index == index ? Shown::kYes : Shown::kNotHere;
    for (const Prop prop : {Prop::kBody, Prop::kItem})
      if (found == Shown::kNotHere)
        found = find_shown(widget.widgets(prop), index, context);
    if (found == Shown::kNotHere) continue;
    return found == Shown::kYes && holds(widget.show, context) ? Shown::kYes
                                                               : Shown::kHidden;
  }
  return Shown::kNotHere;
}

struct TableIndex {
  int app = -1;
  int table = -1;
};

// `rows` names a table of the app itself, as its name or index, or packed as
// app << 16 | table.
TableIndex table_of(const AppSet& apps, const Widget& list, int front_app) {
  if (front_app < 0) return {};
  const std::string_view name = list.name(Prop::kRows);
  if (!name.empty())
    return {front_app, apps.apps[static_cast<std::size_t>(front_app)].table(name)};
  const auto packed = list.number(Prop::kRows, -1);
  if (packed < 0) return {};
  if (packed < (1 << 16)) return {front_app, static_cast<int>(packed)};
  return {static_cast<int>(packed >> 16), static_cast<int>(packed & 0xFFFF)};
}

}  // namespace

const ScreenSpec* top_screen(const AppSet& apps, const PhoneState& state) {
  const ScreenEntry* top = state.top();
  if (top == nullptr) return nullptr;
  const app::AppSpec& app = apps.apps[static_cast<std::size_t>(state.front_app())];
  return &app.screens[static_cast<std::size_t>(top->screen)];
}

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

const Widget* live_widget(const Machine& machine, const PhoneState& state,
                          std::int32_t index, Ref row) {
  const ScreenSpec* screen = top_screen(machine.apps(), state);
  if (screen == nullptr || index < 0 ||
      index >= static_cast<std::int32_t>(screen->widgets.size()))
    return nullptr;
  const Widget* widget = screen->widgets[static_cast<std::size_t>(index)];
  if (widget->list >= 0) {
    const Widget& list = *screen->widgets[static_cast<std::size_t>(widget->list)];
    const TableIndex at = table_of(machine.apps(), list, state.front_app());
    if (row.app != at.app || row.table != at.table || state.world.find(row) == nullptr)
      return nullptr;
  }
  const EvalContext context = machine.context(state, row);
  for (const auto* roots : {&screen->body, &screen->footer, &screen->float_button})
    if (find_shown(*roots, index, context) == Shown::kHidden) return nullptr;
  return widget;
}

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

bool Machine::is_shown(const PhoneState& state, int widget, Ref row) const {
  return live_widget(*this, state, widget, row) != nullptr;
}

std::string Machine::focused_text(const PhoneState& state) const {
  return field_text(*this, state);
}

std::vector<Ref> Machine::visible_rows(const PhoneState& state,
                                       const Widget& list) const {
  const auto [app, table] = table_of(*apps_, list, state.front_app());
  if (app < 0 || table < 0) return {};
  const Expr* where = list.expr(Prop::kWhere);
  const Expr* order_by = list.expr(Prop::kOrderBy);
  const Expr* descending = list.expr(Prop::kDescending);

  std::vector<SelectedRow> entries =
      app::select_rows(context(state), app, table, where, order_by);
  // Equal keys stay in the order of their ids, in both directions.
  if (order_by != nullptr) {
    const bool down = descending != nullptr && holds(*descending, context(state));
    std::stable_sort(entries.begin(), entries.end(),
                     [down](const SelectedRow& a, const SelectedRow& b) {
                       return down ? b.key.less_than(a.key) : a.key.less_than(b.key);
                     });
  }
  std::size_t count = entries.size();
  if (const Expr* limit = list.expr(Prop::kLimit)) {
    const std::int64_t most = app::evaluate(*limit, context(state)).as_int();
    count = std::min(count, static_cast<std::size_t>(std::max<std::int64_t>(most, 0)));
  }
  std::vector<Ref> rows;
  rows.reserve(count);
  for (std::size_t i = 0; i < count; ++i) rows.push_back(entries[i].row);
  return rows;
}

}  // namespace paperphone::sim
