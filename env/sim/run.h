// The inside of Machine::apply: one event being carried out on one state. Private
// to env/sim; a function lives in the file of its paragraph's name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "env/sim/machine.h"

namespace paperphone::sim {

struct Run {
  const Machine& machine;
  PhoneState& state;
  int entered = 0;  // screens entered by this event: bounds `enter` chains

  const app::AppSet& apps() const { return machine.apps(); }
  ScreenEntry& top() { return state.tasks.back().stack.back(); }
  app::EvalContext context(app::Ref row = {}, app::Ref made = {}) const {
    app::EvalContext context = machine.context(state, row);
    context.made = made;
    return context;
  }
};

// ---- machine.cc: looking at the top screen -------------------------------------

const app::ScreenSpec* top_screen(const app::AppSet& apps, const PhoneState& state);
// The widget of the top screen, or nullptr: no app in front, no such widget, its
// list row is gone, or `show` hides it.
const app::Widget* live_widget(const Machine& machine, const PhoneState& state,
                          std::int32_t widget, app::Ref row);

ActionOutcome press_back(Run& run);

// ---- transitions.cc -----------------------------------------------------------

// The first transition of the top screen for this event whose condition holds.
// part: exact; -1 is the widget as a whole.
const app::Transition* find_transition(const Machine& machine, const PhoneState& state,
                                  app::Trigger trigger, int widget = -1, int part = -1,
                                  app::Ref row = {});
// Effects in the order written, then `go`.
void run_transition(Run& run, const app::Transition& transition, app::Ref row = {});
// False if there is none to run.
bool fire(Run& run, app::Trigger trigger, int widget = -1, int part = -1, app::Ref row = {});
void write(Run& run, const app::Place& place, const app::EvalContext& context, app::Value value);

// ---- navigation.cc -------------------------------------------------------------

void go(Run& run, const app::GoTo& target, std::vector<app::Value> args);
// `press: back` of the screen, else pop_screen.
void leave_screen(Run& run);
void pop_screen(Run& run);  // at the root: to the launcher
void go_home(Run& run);
void toggle_recents(Run& run);
void bring_to_front(Run& run, int app);  // starts it if it is not in recents
ActionOutcome open_app(Run& run, int app);
void drop_focus(PhoneState& state);

// What belongs to the app in front (its splash, its skeleton) goes with it.
void drop_app_dialogs(PhoneState& state);

// ---- timers.cc -----------------------------------------------------------------

void pass_time(Run& run, std::int64_t ms);

// ---- taps.cc -------------------------------------------------------------------

ActionOutcome tap(Run& run, const event::Tap& tap);
ActionOutcome hold(Run& run, const event::Hold& hold);

// ---- swipes.cc -----------------------------------------------------------------

// Turns carousels and wheels, lays the buttons behind a row bare.
ActionOutcome swipe(Run& run, const event::Swipe& swipe);
void turn_carousel(Run& run, const app::Widget& carousel, app::Ref row, int steps);
// By how much a part of a picker turns which wheel, from 0. The wheels themselves are
// the last parts: no steps.
struct Turn {
  int wheel = 0;
  int steps = 0;
};
Turn turn_of(const app::Widget& picker, int part);
// The date or time a picker would show after the turn; equal to the bind: at its end.
std::int64_t turned(const Machine& machine, const PhoneState& state,
                    const app::Widget& picker, app::Ref row, Turn turn);

// ---- tap_defaults.cc: what a widget does without a transition -------------------

enum class Default : std::uint8_t {
  kNone,
  kFocus,
  kFlip,
  kChoose,
  kStep,
  kTrack,
  kDay,
  kDigit,
  kTurn,
  kStar,
  kWheel,
  kEmpty,
  kSend,
  kTab,
  kLeave,
};
Default default_of(const app::Widget& widget, int part);
// Choosing widgets: a tap on a part writes `bind`, then a transition for the whole
// widget runs (`tap: calendar, go: back`).
bool is_choice(app::WidgetKind kind);
// Would the default change nothing because its end is reached?
bool default_is_disabled(const Machine& machine, const PhoneState& state,
                         const app::Widget& widget, int part, app::Ref row);
void run_default(Run& run, const app::Widget& widget, const event::Tap& tap);

// ---- typing.cc -----------------------------------------------------------------

bool is_text_input(const app::Widget& widget);  // has a bind that can be typed into
void focus_on(Run& run, const app::Widget& widget, app::Ref row);
// The focused field, or nullptr.
const app::Widget* focused_widget(const Machine& machine, const PhoneState& state);
// Of a text, not of a number.
bool focus_takes_pinyin(const Machine& machine, const PhoneState& state);
// What the focused field says, as shown; empty without one.
std::string field_text(const Machine& machine, const PhoneState& state);
inline std::string field_text(const Run& run) {
  return field_text(run.machine, run.state);
}
void set_field_text(Run& run, std::string text);
// Is there something to type into: a field, or the launcher's search?
bool takes_text(const Machine& machine, const PhoneState& state);
ActionOutcome type_text(Run& run, std::string_view utf8);
ActionOutcome erase_last(Run& run);
ActionOutcome clear_field(Run& run);
void empty_place(Run& run, const app::Place& place, app::Ref row);
ActionOutcome submit(Run& run);
bool nothing_to_send(const Machine& machine, const PhoneState& state,
                     const app::Widget& input_bar, app::Ref row);

// ---- selection.cc ---------------------------------------------------------------

// A long press on a text or a field that no transition is about.
ActionOutcome select(Run& run, const event::Hold& hold);
bool selection_answers(const Machine& machine, const PhoneState& state, int part);
ActionOutcome tap_selection(Run& run, int part);
// What typing replaces goes. Called before text comes in.
void erase_selected(Run& run);

// ---- shade.cc: notifications and the control centre -----------------------------

void post(Run& run, Notification notification);
bool shade_answers(const Machine& machine, const PhoneState& state, int part);
ActionOutcome tap_shade(Run& run, const event::Tap& tap);
ActionOutcome pull_shade(PhoneState& state, Shade to);
ActionOutcome dismiss(PhoneState& state, int notification);
// Opens what the notification is about; it leaves the list.
ActionOutcome follow_notification(Run& run, int notification);
ActionOutcome turn_volume(Run& run, int steps);

// ---- dialogs.cc -----------------------------------------------------------------

ActionOutcome tap_dialog(Run& run, int button);
ActionOutcome leave_dialog(Run& run);  // Back
void close_expired(PhoneState& state);
// True if the transition may go on. Else the owner has been asked, or has refused.
bool permitted(Run& run, const app::Transition& transition, app::Ref row);
void offer_share(Run& run, std::string text);

// ---- launcher.cc ----------------------------------------------------------------

ActionOutcome search_apps(PhoneState& state);
// Can this app's icon be touched: on the pages, in the open folder, in the results?
bool launcher_offers(const Machine& machine, const PhoneState& state, int app);

// ---- lock_screen.cc -------------------------------------------------------------

ActionOutcome press_power(Run& run);
ActionOutcome unlock(PhoneState& state);

// ---- ime.cc --------------------------------------------------------------------

ActionOutcome tap_ime(Run& run, std::int32_t key);
// Writes half-typed letters as they are. False if there were none.
bool commit_letters(Run& run);

}  // namespace paperphone::sim
