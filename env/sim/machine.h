// What happens when the phone is touched: events in, next state out. Knows
// nothing of pixels; a layout turns points into the targets named here.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "env/sim/phone_state.h"
#include "env/sim/pinyin.h"
#include "env/types.h"

namespace paperphone {

// What a box on the screen stands for.
struct Target {
  enum class Where : std::uint8_t {
    kNone,
    kWidget,        // of the top screen: widget, part (env/app/parts.h), row
    kScrim,         // outside a sheet or dialog: closes it
    kIme,           // part: an ImeKey or kImeCandidate + i
    kLauncherIcon,  // part: app index
    kLauncherPage,  // part: page
    kRecentsCard,   // part: index into PhoneState::tasks
    kRecentsClear,
    kDialogButton,  // part: index
    kHomePill,      // the gesture bar: goes home
  };
  Where where = Where::kNone;
  std::int32_t widget = -1;
  std::int32_t part = -1;
  Ref row = {};
  auto operator<=>(const Target&) const = default;
};

// ImeKey: 'a'..'z', '0'..'9', ',', '.', ' ' by their code, and these.
enum ImeKey : std::int32_t {
  kImeBackspace = 256, kImeEnter, kImeShift, kImeToDigits, kImeToLetters,
  kImeToggleLanguage, kImeHide, kImeNextPage, kImeCandidate = 1024,
};

// How many days `dates` offers if the app does not say.
inline constexpr int kDefaultDates = 14;

namespace event {
struct Tap { Target target; int level = -1; };  // level 0..1000: a slider's track
struct Hold { Target target; };
struct Scroll { std::int32_t to = 0; };    // new offset of the top screen's body, dp
struct LauncherSwipe { int pages = 0; };   // +1: next page
struct Pull {};                            // pulled down at the top
struct Reach {};                           // scrolled to the end
// Across a widget that answers to it. steps > 0: towards what comes next, the finger
// moves left (on a wheel up); < 0: back.
struct Swipe { Target target; int steps = 1; };
struct Type { std::string utf8; };
struct Clear {};                           // empties the focused field
struct Submit {};                          // Enter
struct Back {};
struct Home {};
struct Recents {};
struct Open { int app = -1; };
struct Tick { std::int64_t ms = 0; };      // time passes; timers fire in order
}  // namespace event
using Event = std::variant<event::Tap, event::Hold, event::Scroll,
                           event::LauncherSwipe, event::Pull, event::Reach,
                           event::Swipe, event::Type, event::Clear, event::Submit,
                           event::Back, event::Home, event::Recents, event::Open,
                           event::Tick>;

class Machine {
 public:
  // apps must outlive the machine. Without a dictionary the pinyin keyboard has
  // no candidates and writes the letters themselves.
  explicit Machine(const AppSet& apps,
                   std::shared_ptr<const PinyinDictionary> pinyin = nullptr)
      : apps_(&apps), pinyin_(std::move(pinyin)) {}
  const AppSet& apps() const { return *apps_; }
  const PinyinDictionary* pinyin() const { return pinyin_.get(); }  // may be null

  // A phone that has just been switched on: launcher, default data.
  PhoneState initial_state(World world) const;

  // Applies one event. Returns kApplied, kNoTarget (nothing answers to it) or
  // kDisabled (greyed out: `enabled` is false). Time stands still except in Tick.
  ActionOutcome apply(PhoneState& state, const Event& event) const;

  // Opens a screen directly, as a transition's `go` would: for tools and tests.
  void enter(PhoneState& state, int app, int screen, std::vector<Value> args) const;

  // Is there anything that a tap on this widget part would do now? (Transitions
  // whose condition holds, a bind, a field to focus.)
  bool answers_tap(const PhoneState& state, const Target& target) const;

  // Are the buttons behind this row laid bare? (A swipe does that.)
  bool is_opened(const PhoneState& state, int widget, Ref row) const;

  // Greyed out: `enabled` is false, a stepper at its end, nothing to send.
  bool is_disabled(const PhoneState& state, const Target& target) const;

  // The present page of the keyboard's candidates, best first; number i is tapped
  // as kImeCandidate + i. Empty while nothing is half-typed.
  std::vector<std::string> ime_candidates(const PhoneState& state) const;

  // Rows shown by a list or grid widget of the top screen: filtered, sorted,
  // limited. The one place where that is decided.
  std::vector<Ref> visible_rows(const PhoneState& state, const Widget& list) const;

  // For evaluating the top screen's expressions.
  EvalContext context(const PhoneState& state, Ref row = {}) const;

 private:
  const AppSet* apps_;
  std::shared_ptr<const PinyinDictionary> pinyin_;  // shared by all machines
};

}  // namespace paperphone
