// What the machine understands: events, and the targets on the screen that they name. A
// layout turns points into targets.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "env/app/expr/value.h"
#include "env/sim/layers.h"
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
    kRecentsCard,   // part: index into PhoneState::recents
    kRecentsClear,
    kDialogButton,   // part: index
    kHomePill,       // the gesture bar: goes home
    kNavButton,      // part: a NavButton
    kShade,          // part: a ShadePart
    kHeadsUp,        // the notification at the top
    kSelection,      // part: a SelectionPart
    kFolder,         // of the launcher; part: index
    kLauncherScrim,  // beside what lies over the icons: closes it
    kIconMenu,       // part: an IconMenuPart
  };
  Where where = Where::kNone;
  std::int32_t widget = -1;
  std::int32_t part = -1;
  app::Ref row = {};
  auto operator<=>(const Target&) const = default;
};

// ImeKey: 'a'..'z', '0'..'9', ',', '.', ' ' by their code, and these.
enum ImeKey : std::int32_t {
  kImeBackspace = 256,
  kImeEnter,
  kImeShift,
  kImeToDigits,
  kImeToLetters,
  kImeToggleLanguage,
  kImeHide,
  kImeNextPage,
  kImeToSymbols,
  kImeSymbol = 512,  // + index into ime_symbols()
  kImeCandidate = 1024,
};
// Of the keyboard's third page, three rows of eight.
std::span<const std::string_view> ime_symbols();

// How many days `dates` offers if the app does not say.
inline constexpr int kDefaultDates = 14;

// clang-format off
namespace event {
struct Tap { Target target; int level = -1; };  // level 0..1000: a slider's track
// text: what is written there; at: the finger, dp.
struct Hold { Target target; std::string text = {}; Point at = {}; };
struct Scroll {
  std::int32_t to = 0;  // new offset of the top screen's body, dp
  bool to_end = false;  // that is its end: Reach follows
};
struct LauncherSwipe { int pages = 0; };    // +1: next page
struct Pull {};                             // pulled down at the top
struct Reach {};                            // scrolled to the end
// Across a widget that answers to it. steps > 0: towards what comes next, the finger
// moves left (on a wheel up); < 0: back.
struct Swipe { Target target; int steps = 1; };
// A map is drawn aside: its middle moves by so many thousandths of the whole.
struct Pan { Target target; int dx = 0, dy = 0; };
struct Type { std::string utf8; };
struct Clear {};                            // empties the focused field
struct Submit {};                           // Enter
struct Back {};
struct Home {};
struct Recents {};
struct Open { int app = -1; };
struct Tick { std::int64_t ms = 0; };       // time passes; timers fire in order
struct PullShade { Shade to = Shade::kClosed; };
struct Dismiss { int notification = -1; };  // swiped aside
struct PushHeadsUp {};                      // back up; it stays in the list
struct CloseRecent { int recent = -1; };    // a card of recents, swiped up
struct Power {};                            // the key at the side
struct Volume { int steps = 0; };           // the keys at the side, +1: up
struct Unlock {};                           // swiped up on the lock screen
struct SearchApps {};                       // swiped down on the launcher
}  // namespace event
// clang-format on
using Event =
    std::variant<event::Tap, event::Hold, event::Scroll, event::LauncherSwipe,
                 event::Pull, event::Reach, event::Swipe, event::Pan, event::Type,
                 event::Clear, event::Submit, event::Back, event::Home, event::Recents,
                 event::Open, event::Tick, event::PullShade, event::Dismiss,
                 event::PushHeadsUp, event::CloseRecent, event::Power, event::Volume,
                 event::Unlock, event::SearchApps>;

}  // namespace paperphone::sim
