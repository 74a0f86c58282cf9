#include "env/sim/taps.h"

#include "env/app/parts.h"
#include "env/sim/navigation.h"
#include "env/sim/system/dialogs.h"
#include "env/sim/system/launcher.h"
#include "env/sim/system/shade.h"
#include "env/sim/tap_defaults.h"
#include "env/sim/top_screen.h"
#include "env/sim/transitions.h"
#include "env/sim/typing/ime.h"
#include "env/sim/typing/selection.h"
#include "env/sim/typing/typing.h"

namespace paperphone::sim {

using app::Default;
using app::holds;
using app::Item;
using app::ScreenSpec;
using app::Transition;
using app::Trigger;
using app::Widget;

namespace {

// What a tap on a widget would set off. Deciding and doing are apart, so that
// answers_tap() and apply() cannot disagree.
struct TapPlan {
  bool disabled = false;
  const Transition* transition = nullptr;
  Default what = Default::kNone;      // unless there is a transition
  const Transition* after = nullptr;  // a choosing widget's own, after the default
  bool answers() const {
    return transition != nullptr || what != Default::kNone || after != nullptr;
  }
};

bool is_greyed(const Machine& machine, const PhoneState& state, const Widget& widget,
               int part, app::Ref row) {
  // A keypad's `enabled` is about its button, not about the digits.
  const bool only_sends = component(widget.kind).typing == app::Typing::kKeypad;
  if (only_sends && default_of(widget, part) != Default::kSubmit) return false;
  const app::Expr* enabled = widget.expr(app::Prop::kEnabled);
  return enabled != nullptr && !holds(*enabled, machine.context(state, row));
}

// REQUIRES: the widget is the target's, and shown.
TapPlan plan_tap(const Machine& machine, const PhoneState& state, const Widget& widget,
                 const Target& target) {
  TapPlan plan;
  if (const app::Item* item = app::part_item(widget, target.part);
      item != nullptr && !holds(item->show, machine.context(state, target.row)))
    return plan;
  const bool behind = app::is_behind(widget, target.part);
  if (behind && !machine.is_opened(state, target.widget, target.row)) return plan;

  plan.transition = find_transition(machine, state, Trigger::kTap, widget.index,
                                    target.part, target.row);
  if (plan.transition == nullptr) {
    plan.what = default_of(widget, target.part);
    if (!offers_default(machine, state, widget, target.part, target.row))
      plan.what = Default::kNone;
    // A part nothing is said about belongs to its widget: `tap: icons`. A choosing
    // widget has only what can be chosen.
    const bool whole =
        component(widget.kind).is_choice == (plan.what != Default::kNone);
    if (target.part >= 0 && whole && !behind)
      plan.after =
          find_transition(machine, state, Trigger::kTap, widget.index, -1, target.row);
  }
  plan.disabled =
      plan.answers() &&
      (is_greyed(machine, state, widget, target.part, target.row) ||
       (plan.transition == nullptr &&
        default_is_disabled(machine, state, widget, target.part, target.row)));
  return plan;
}

TapPlan plan_widget_tap(const Machine& machine, const PhoneState& state,
                        const Target& target) {
  const Widget* widget = live_widget(machine, state, target.widget, target.row);
  return widget != nullptr ? plan_tap(machine, state, *widget, target) : TapPlan();
}

ActionOutcome tap_widget(Run& run, const event::Tap& tap) {
  const Target& target = tap.target;
  const TapPlan plan = plan_widget_tap(run.machine, run.state, target);
  if (run.state.top() != nullptr) run.top().opened = {};  // the row slides back
  if (!plan.answers()) return ActionOutcome::kNoTarget;
  if (plan.disabled) return ActionOutcome::kDisabled;
  if (plan.transition != nullptr) {
    run_transition(run, *plan.transition, target.row);
    return ActionOutcome::kApplied;
  }
  if (plan.what != Default::kNone) {
    const ScreenSpec& screen = *top_screen(run.apps(), run.state);
    run_default(run, *screen.widgets[target.widget], tap);
  }
  if (plan.after != nullptr) {
    // Its condition may be about what the default has just written.
    fire(run, Trigger::kTap, target.widget, -1, target.row);
  }
  return ActionOutcome::kApplied;
}

bool is_floating(const app::AppSet& apps, const PhoneState& state) {
  const ScreenSpec* screen = top_screen(apps, state);
  return screen != nullptr && screen->kind != app::ScreenKind::kPage;
}

bool is_in(int index, std::size_t size) {
  return index >= 0 && index < int(size);
}

// Targets outside the top screen's widgets: does the phone offer them now?
bool phone_answers(const Machine& machine, const PhoneState& state,
                   const Target& target) {
  using Where = Target::Where;
  if (state.lock != Lock::kOpen) return false;
  if (!state.dialogs.empty())
    return target.where == Where::kDialogButton &&
           is_in(target.part, state.dialogs.back().buttons.size());
  if (state.shade != Shade::kClosed && target.where != Where::kNavButton)
    return target.where == Where::kShade && shade_answers(machine, state, target.part);
  switch (target.where) {
    case Where::kScrim:
      return is_floating(machine.apps(), state);
    case Where::kIme:
      return takes_text(machine, state);
    case Where::kLauncherIcon:
      return launcher_offers(machine, state, target.part);
    case Where::kFolder:
      return state.shell == Shell::kLauncher && state.launcher == Launcher{} &&
             is_in(target.part, state.folders.size());
    case Where::kLauncherScrim:
      return state.launcher != Launcher{};
    case Where::kIconMenu:
      return icon_menu_answers(machine, state, target.part);
    case Where::kLauncherPage:
      return state.shell == Shell::kLauncher && state.launcher == Launcher{} &&
             is_in(target.part, std::size_t(state.launcher_pages()));
    case Where::kRecentsCard:
      return state.shell == Shell::kRecents && is_in(target.part, state.recents.size());
    case Where::kRecentsClear:
      return state.shell == Shell::kRecents;
    case Where::kHomePill:
      return true;
    case Where::kNavButton:
      return state.navigation == Navigation::kButtons;
    case Where::kHeadsUp:
      return state.heads_up() != nullptr;
    case Where::kSelection:
      return selection_answers(machine, state, target.part);
    case Where::kShade:
    case Where::kNone:
    case Where::kWidget:
    case Where::kDialogButton:
      return false;
  }
  return false;
}

ActionOutcome press_nav_button(Run& run, int button) {
  if (button == kNavBack) return press_back(run);
  if (button == kNavHome) {
    go_home(run);
  } else {
    toggle_recents(run);
  }
  return ActionOutcome::kApplied;
}

ActionOutcome tap_phone(Run& run, const event::Tap& tap) {
  using Where = Target::Where;
  const Target& target = tap.target;
  PhoneState& state = run.state;
  if (!phone_answers(run.machine, state, target)) return ActionOutcome::kNoTarget;
  switch (target.where) {
    case Where::kScrim:
      leave_screen(run);
      break;
    case Where::kIme:
      return tap_ime(run, target.part);
    case Where::kLauncherIcon:
      return open_app(run, target.part);
    case Where::kLauncherPage:
      state.launcher_page = target.part;
      break;
    case Where::kFolder:
      state.launcher.folder = target.part;
      break;
    case Where::kLauncherScrim:
      drop_focus(state);
      break;
    case Where::kIconMenu:
      return tap_icon_menu(run, target.part);
    case Where::kRecentsCard:
      bring_to_front(run, state.recents[target.part].app);
      break;
    case Where::kRecentsClear:
      state.recents.clear();
      go_home(run);
      break;
    case Where::kDialogButton:
      return tap_dialog(run, target.part);
    case Where::kHomePill:
      go_home(run);
      break;
    case Where::kNavButton:
      return press_nav_button(run, target.part);
    case Where::kShade:
      return tap_shade(run, tap);
    case Where::kHeadsUp:
      return follow_notification(run, int(state.notifications.size()) - 1);
    case Where::kSelection:
      return tap_selection(run, target.part);
    case Where::kNone:
    case Where::kWidget:
      return ActionOutcome::kNoTarget;
  }
  return ActionOutcome::kApplied;
}

}  // namespace

ActionOutcome tap(Run& run, const event::Tap& tap) {
  if (tap.target.where == Target::Where::kWidget && !run.state.covered())
    return tap_widget(run, tap);
  return tap_phone(run, tap);
}

ActionOutcome hold(Run& run, const event::Hold& hold) {
  const Target& target = hold.target;
  if (target.where == Target::Where::kLauncherIcon)
    return open_icon_menu(run, target.part);
  const Widget* widget =
      target.where == Target::Where::kWidget
          ? live_widget(run.machine, run.state, target.widget, target.row)
          : nullptr;
  for (const int part : {target.part, -1}) {
    if (widget == nullptr) break;
    const Transition* found = find_transition(run.machine, run.state, Trigger::kHold,
                                              widget->index, part, target.row);
    if (found == nullptr) continue;
    if (is_greyed(run.machine, run.state, *widget, target.part, target.row))
      return ActionOutcome::kDisabled;
    run_transition(run, *found, target.row);
    return ActionOutcome::kApplied;
  }
  return select(run, hold);
}

bool Machine::answers_tap(const PhoneState& state, const Target& target) const {
  if (target.where != Target::Where::kWidget)
    return phone_answers(*this, state, target);
  if (state.covered()) return false;
  const TapPlan plan = plan_widget_tap(*this, state, target);
  return plan.answers() && !plan.disabled;
}

bool Machine::is_disabled(const PhoneState& state, const Widget& widget,
                          const Target& target) const {
  return plan_tap(*this, state, widget, target).disabled;
}

}  // namespace paperphone::sim
