// Everything about one phone that can change, as a value: copies cheaply,
// compares, hashes. A snapshot is a copy.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/app/spec.h"
#include "env/app/world/world.h"
#include "env/sim/layers.h"

namespace paperphone::sim {

// A widget of a screen, and the row if it stands in a list.
struct WidgetAt {
  std::int32_t widget = -1;  // -1: none
  app::Ref row = {};
  bool there() const { return widget >= 0; }
  bool operator==(const WidgetAt&) const = default;
};

// One entry of an app's back stack.
struct ScreenEntry {
  std::int32_t screen = 0;      // index into AppSpec::screens
  // Its arguments; behind them, while the same screen stands higher up too, what the
  // screen's own variables were here.
  std::vector<app::Value> args = {};
  std::int32_t scroll = 0;      // dp the body is scrolled down; kScrollEnd: to its end
  std::int64_t entered_ms = 0;  // virtual time, for `after`
  std::int32_t afters_fired = 0;  // how many `after` transitions have run
  WidgetAt opened = {};           // the row whose buttons a swipe has laid bare
  bool operator==(const ScreenEntry&) const = default;
};
inline constexpr std::int32_t kScrollEnd = 1 << 24;

struct RecentApp {  // an app in recents; never has an empty stack
  std::int16_t app = -1;
  std::vector<ScreenEntry> stack = {};
  bool operator==(const RecentApp&) const = default;
};

enum class ImeMode : std::uint8_t { kPinyin, kEnglish, kDigits, kSymbols };
struct Ime {
  ImeMode mode = ImeMode::kPinyin;
  std::string composing;  // half-typed pinyin, ASCII letters
  std::int32_t page = 0;  // of the candidates
  bool shift = false;
  bool operator==(const Ime&) const = default;
};

struct Toast {
  std::string text;
  std::int64_t until_ms = 0;
  bool operator==(const Toast&) const = default;
};

enum class Shell : std::uint8_t { kLauncher, kApp, kRecents };

inline constexpr int kLauncherPageIcons = 20;  // 4 columns, 5 rows
inline constexpr int kDockIcons = 4;
inline constexpr std::int64_t kToastMs = 2000;

struct PhoneState {
  app::World world;  // all apps' data and the clock
  Shell shell = Shell::kLauncher;
  std::int32_t launcher_page = 0;
  // App indices, page by page, the dock last; -1 - i: the i-th folder.
  std::vector<std::int16_t> icon_order;
  std::vector<Folder> folders;
  Launcher launcher;
  std::vector<RecentApp> recents;  // the last one is in front
  WidgetAt focus;                 // what is typed goes there; the keyboard is open
  Ime ime;
  Toast toast;                              // shown while now_ms < until_ms
  std::vector<Notification> notifications;  // the latest is the last
  std::int64_t heads_up_until_ms = 0;   // the latest one shows at the top until then
  std::vector<SystemDialog> dialogs;    // the last one is on top
  std::vector<PermissionGrant> grants;  // in the order in which they were given
  Shade shade = Shade::kClosed;
  Lock lock = Lock::kOpen;
  Navigation navigation = Navigation::kGestures;
  std::string clipboard;
  Selection selection;
  std::uint64_t nuisance_key = 0;  // 0: suite "clean"
  std::uint64_t nuisance_draws = 0;
  std::uint8_t nuisance_level = 0;  // 0 clean, 1 everyday, 2 hostile
  std::int32_t nuisance_count = 0;  // disturbances so far

  bool operator==(const PhoneState&) const = default;
  const ScreenEntry* top() const;  // of the app in front; nullptr on the launcher
  int front_app() const;           // -1 on launcher and recents
  int launcher_pages() const;      // at least 1; the dock does not count
  // Something lies over launcher and apps and takes all touches.
  bool covered() const {
    return !dialogs.empty() || shade != Shade::kClosed || lock != Lock::kOpen;
  }
  // The notification that shows at the top; nullptr: none.
  const Notification* heads_up() const;
};

Hash128 hash_state(const PhoneState& state);
// The same for phones that differ in the time alone: the clock, when screens were entered
// and messages came, what shows for a while, which disturbances are to come.
Hash128 hash_situation(PhoneState state);

// JSON with app, table, column names; for people, diffs and snapshots.
std::string state_to_json(const PhoneState& state, const app::AppSet& apps);

// One changed cell, variable or row between two worlds.
struct Change {
  enum class What : std::uint8_t { kVar, kCell, kRowAdded, kRowDeleted };
  What what = What::kVar;
  int app = -1;
  int index = -1;                                      // variable or table
  int column = -1;                                     // kCell
  std::int32_t row_id = -1;                            // kCell, kRowAdded, kRowDeleted
  std::string address(const app::AppSet& apps) const;  // "shop.cart[3].quantity"
};
// View variables are left out. Ordered by app, variable, table, row, column.
std::vector<Change> diff_worlds(const app::World& before, const app::World& after,
                                const app::AppSet& apps);

}  // namespace paperphone::sim
