// What happens when the phone is touched: events in, next state out. Knows
// nothing of pixels; a layout turns points into the targets named here.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "env/sim/state/phone_state.h"
#include "env/sim/system/pinyin.h"
#include "env/types.h"

namespace paperphone::sim {

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
    kNavButton,     // part: a NavButton
    kShade,         // part: a ShadePart
    kHeadsUp,       // the notification at the top
    kSelection,     // part: a SelectionPart
    kFolder,        // of the launcher; part: index
    kLauncherScrim, // beside an open folder or the search: closes it
  };
  Where where = Where::kNone;
  std::int32_t widget = -1;
  std::int32_t part = -1;
  app::Ref row = {};
  auto operator<=>(const Target&) const = default;
};

// ImeKey: 'a'..'z', '0'..'9', ',', '.', ' ' by their code, and these.
enum ImeKey : std::int32_t {
  kImeBackspace = 256, kImeEnter, kImeShift, kImeToDigits, kImeToLetters,
  kImeToggleLanguage, kImeHide, kImeNextPage, kImeToSymbols,
  kImeSymbol = 512,  // + index into ime_symbols()
  kImeCandidate = 1024,
};
// Of the keyboard's third page, three rows of eight.
std::span<const std::string_view> ime_symbols();

// How many days `dates` offers if the app does not say.
inline constexpr int kDefaultDates = 14;

namespace event {
struct Tap { Target target; int level = -1; };  // level 0..1000: a slider's track
// text: what is written there; at: the finger, dp.
struct Hold { Target target; std::string text = {}; Point at = {}; };
struct Scroll {
  std::int32_t to = 0;  // new offset of the top screen's body, dp
  bool to_end = false;  // that is its end: Reach follows
};
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
struct PullShade { Shade to = Shade::kClosed; };
struct Dismiss { int notification = -1; };  // swiped aside
struct PushHeadsUp {};                      // back up; it stays in the list
struct CloseTask { int task = -1; };        // a card of recents, swiped up
struct Power {};                            // the key at the side
struct Volume { int steps = 0; };           // the keys at the side, +1: up
struct Unlock {};                           // swiped up on the lock screen
struct SearchApps {};                       // swiped down on the launcher
}  // namespace event
using Event = std::variant<event::Tap, event::Hold, event::Scroll,
                           event::LauncherSwipe, event::Pull, event::Reach,
                           event::Swipe, event::Type, event::Clear, event::Submit, event::Back, event::Home,
                           event::Recents, event::Open, event::Tick, event::PullShade,
                           event::Dismiss, event::PushHeadsUp, event::CloseTask,
                           event::Power, event::Volume, event::Unlock,
                           event::SearchApps>;

// 是否允许“信聊”…: what an app that needs the permission shows.
SystemDialog ask_permission(const PhoneState& state, const app::AppSet& apps, int app,
                            app::Permission permission);

class Machine {
 public:
  // apps must outlive the machine. Without a dictionary the pinyin keyboard has
  // no candidates and writes the letters themselves.
  explicit Machine(const app::AppSet& apps,
                   std::shared_ptr<const PinyinDictionary> pinyin = nullptr)
      : apps_(&apps), pinyin_(std::move(pinyin)) {}
  const app::AppSet& apps() const { return *apps_; }
  const PinyinDictionary* pinyin() const { return pinyin_.get(); }  // may be null

  // A phone that has just been switched on: launcher, default data.
  PhoneState initial_state(app::World world) const;

  // Applies one event. Returns kApplied, kNoTarget (nothing answers to it) or
  // kDisabled (greyed out: `enabled` is false). Time stands still except in Tick.
  ActionOutcome apply(PhoneState& state, const Event& event) const;

  // A notification arrives: into the list, and to the top if the phone is in use.
  // Nothing happens if the owner has switched off the app's notifications.
  void post(PhoneState& state, Notification notification) const;

  // Opens a screen directly, as a transition's `go` would: for tools and tests.
  void enter(PhoneState& state, int app, int screen, std::vector<app::Value> args) const;

  // Is there anything that a tap on this widget part would do now? (Transitions
  // whose condition holds, a bind, a field to focus.)
  bool answers_tap(const PhoneState& state, const Target& target) const;

  // Are the buttons behind this row laid bare? (A swipe does that.)
  bool is_opened(const PhoneState& state, int widget, app::Ref row) const;

  // Is the widget on the top screen, its row there, and no `show` against it?
  bool is_shown(const PhoneState& state, int widget, app::Ref row) const;

  // What stands in the focused field; empty without one.
  std::string focused_text(const PhoneState& state) const;

  // Greyed out: `enabled` is false, a stepper at its end, nothing to send. REQUIRES:
  // `widget` is the target's, on the top screen, and shown.
  bool is_disabled(const PhoneState& state, const app::Widget& widget,
                   const Target& target) const;

  // The present page of the keyboard's candidates, best first; number i is tapped
  // as kImeCandidate + i. Empty while nothing is half-typed.
  std::vector<std::string> ime_candidates(const PhoneState& state) const;

  // Rows shown by a list or grid widget of the top screen: filtered, sorted,
  // limited. The one place where that is decided.
  std::vector<app::Ref> visible_rows(const PhoneState& state, const app::Widget& list) const;

  // Apps that the launcher's search finds, in the order of the app set.
  std::vector<int> search_results(const PhoneState& state) const;

  // For evaluating the top screen's expressions.
  app::EvalContext context(const PhoneState& state, app::Ref row = {}) const;

 private:
  const app::AppSet* apps_;
  std::shared_ptr<const PinyinDictionary> pinyin_;  // shared by all machines
};

}  // namespace paperphone::sim
