// What the phone lays over its apps: dialogs and their kin, notifications and the
// shade, the lock screen, the selection menu. Plain values, parts of PhoneState.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/app/expr/value.h"
#include "env/app/permission.h"

namespace paperphone::sim {

// ---- notifications ------------------------------------------------------------

struct Notification {
  std::int16_t app = -1;
  std::string title;
  std::string text;
  std::int64_t when_ms = 0;
  std::int32_t screen = -1;           // of the app: where a tap leads; -1: to the app
  std::vector<app::Value> args = {};  // of that screen
  bool operator==(const Notification&) const = default;
};

// Pulled down from the top edge: its left half, its right half.
enum class Shade : std::uint8_t { kClosed, kNotices, kControls };

inline constexpr std::int64_t kHeadsUpMs = 5000;

// ---- permissions --------------------------------------------------------------

enum class Grant : std::uint8_t { kAlways, kWhileUsing, kDenied };

struct PermissionGrant {  // an answer, once it has been given
  std::int16_t app = -1;
  app::Permission permission = app::Permission::kLocation;
  Grant grant = Grant::kDenied;
  bool operator==(const PermissionGrant&) const = default;
};

// ---- dialogs ------------------------------------------------------------------

enum class DialogKind : std::uint8_t {
  kPlain,       // title, text, buttons side by side
  kPermission,  // title, text, answers below one another, in the order of Grant
  kSplashAd,    // an advertisement over the whole screen, gone at until_ms
  kCoupon,      // a card over the app with a cross below
  kLoading,     // the page's skeleton, until until_ms
  kOffline,     // the page could not be fetched
  kCall,        // somebody calls
  kInCall,      // and was answered
  kShare,       // a sheet of apps that take what is shared
};

// Waits for an answer above everything. A tap on any button closes it; what else it
// does follows from the kind (dialogs.cc).
struct SystemDialog {
  std::string title;
  std::string text;
  std::vector<std::string> buttons;
  DialogKind kind = DialogKind::kPlain;
  std::int64_t until_ms = 0;  // closes by itself then; 0: stays
  std::int32_t way_out = -1;  // the button that harms least; -1: the last one
  // kPermission: what is asked for. The transition that asked goes on when it is
  // granted, if its screen is still on top.
  app::Permission permission = app::Permission::kLocation;
  std::int16_t app = -1;
  std::int32_t screen = -1;
  std::int32_t transition = -1;  // -1: nobody waits
  app::Ref row = {};
  bool operator==(const SystemDialog&) const = default;

  int exit_button() const {  // -1: it has none
    return way_out >= 0 ? way_out : int(buttons.size()) - 1;
  }
  // Belongs to the app in front and goes when that goes.
  bool is_of_app() const {
    return kind == DialogKind::kSplashAd || kind == DialogKind::kCoupon ||
           kind == DialogKind::kLoading || kind == DialogKind::kOffline ||
           kind == DialogKind::kShare;
  }
};

// ---- lock screen --------------------------------------------------------------

enum class Lock : std::uint8_t { kOpen, kLocked, kOff };  // kOff: the screen is dark

// ---- selected text ------------------------------------------------------------

// A text that a long press has picked, with the menu beside it. In a field it is the
// end of what was typed, from code point `from` on; typing replaces it.
struct Selection {
  std::string text;           // empty and not in a field: nothing is selected
  std::int32_t from = -1;     // -1: not in a field
  std::int16_t x = 0, y = 0;  // dp, the top middle of what was touched
  bool in_field() const { return from >= 0; }
  bool open() const { return in_field() || !text.empty(); }
  bool operator==(const Selection&) const = default;
};

// ---- launcher -----------------------------------------------------------------

struct Folder {
  std::string name;
  std::vector<std::int16_t> apps;
  bool operator==(const Folder&) const = default;
};

// What lies over the launcher's icons.
struct Launcher {
  bool searching = false;
  std::string query;
  std::int32_t folder = -1;  // the one that is open
  std::int32_t held = -1;    // the app whose icon has its menu open
  bool operator==(const Launcher&) const = default;
};

// ---- navigation ---------------------------------------------------------------

enum class Navigation : std::uint8_t { kGestures, kButtons };

// ---- touchable parts ----------------------------------------------------------

// Target::part where Target::where is kShade.
enum ShadePart : std::int32_t {
  kShadePanel,  // swallows the touch
  kShadeClearAll,
  kShadeSettings,  // opens 设置
  kShadeTurn,      // to its other half
  kShadeBrightness,
  kShadeVolume,
  kShadeControl = 64,  // + index into controls()
  kShadeNotice = 256,  // + index into PhoneState::notifications
};

// Where it is kSelection.
enum SelectionPart : std::int32_t { kCut, kCopy, kPaste, kSelectAll };

// Where it is kIconMenu.
enum IconMenuPart : std::int32_t {
  kIconInfo,
  kIconNotices,
  kIconRemove,
  kNumIconMenuParts
};

// Where it is kNavButton.
enum NavButton : std::int32_t { kNavRecents, kNavHome, kNavBack };

}  // namespace paperphone::sim
