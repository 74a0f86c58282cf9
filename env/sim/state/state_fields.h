// PhoneState and its parts, described once. Whoever adds a member describes it here, and
// hash, bytes, JSON, differences and Screen know of it; without, it does not compile.
//
// The order is that of hash, bytes and JSON; what an index or arguments refer to (an app,
// its screen) comes before them.
#pragma once

#include "env/sim/state/describe.h"
#include "env/sim/state/phone_state.h"

namespace paperphone::sim {

// clang-format off

// ---- enumerations: their words in JSON; bytes hold what has a word ------------------

constexpr std::string_view word(Shell shell) {
  switch (shell) {
    case Shell::kLauncher: return "launcher";
    case Shell::kApp: return "app";
    case Shell::kRecents: return "recents";
  }
  return {};
}
constexpr std::string_view word(ImeMode mode) {
  switch (mode) {
    case ImeMode::kPinyin: return "pinyin";
    case ImeMode::kEnglish: return "english";
    case ImeMode::kDigits: return "digits";
    case ImeMode::kSymbols: return "symbols";
  }
  return {};
}
constexpr std::string_view word(DialogKind kind) {
  switch (kind) {
    case DialogKind::kPlain: return "plain";
    case DialogKind::kPermission: return "permission";
    case DialogKind::kSplashAd: return "splash_ad";
    case DialogKind::kCoupon: return "coupon";
    case DialogKind::kLoading: return "loading";
    case DialogKind::kOffline: return "offline";
    case DialogKind::kCall: return "call";
    case DialogKind::kInCall: return "in_call";
    case DialogKind::kShare: return "share";
  }
  return {};
}
constexpr std::string_view word(Grant grant) {
  switch (grant) {
    case Grant::kAlways: return "always";
    case Grant::kWhileUsing: return "while_using";
    case Grant::kDenied: return "denied";
  }
  return {};
}
constexpr std::string_view word(Shade shade) {
  switch (shade) {
    case Shade::kClosed: return "closed";
    case Shade::kNotices: return "notices";
    case Shade::kControls: return "controls";
  }
  return {};
}
constexpr std::string_view word(Lock lock) {
  switch (lock) {
    case Lock::kOpen: return "open";
    case Lock::kLocked: return "locked";
    case Lock::kOff: return "off";
  }
  return {};
}
constexpr std::string_view word(Navigation navigation) {
  switch (navigation) {
    case Navigation::kGestures: return "gestures";
    case Navigation::kButtons: return "buttons";
  }
  return {};
}
inline std::string_view word(app::Permission permission) {
  const auto names = app::permission_names();
  const auto i = std::size_t(permission);
  return i < names.size() ? names[i].id : std::string_view();
}

template <class E>
std::size_t num_words() {
  std::size_t count = 0;
  while (!word(E(count)).empty()) ++count;
  return count;
}

// ---- the parts ----------------------------------------------------------------------

template <>
inline constexpr auto kFields<WidgetAt> = describe<WidgetAt>(
    index("widget", &WidgetAt::widget, Means::kWidget, -1),
    field("row", &WidgetAt::row));

template <>
inline constexpr auto kFields<ScreenEntry> = describe<ScreenEntry>(
    index("screen", &ScreenEntry::screen, Means::kScreen, 0),
    field("args", &ScreenEntry::args),
    number("scroll", &ScreenEntry::scroll, 0, kScrollEnd),
    ms("entered_ms", &ScreenEntry::entered_ms),
    number("afters_fired", &ScreenEntry::afters_fired, 0, kMost),
    field("opened", &ScreenEntry::opened).if_any());

template <>
inline constexpr auto kFields<RecentApp> = describe<RecentApp>(
    index("app", &RecentApp::app, Means::kApp, 0),
    field("stack", &RecentApp::stack));

template <>
inline constexpr auto kFields<Ime> = describe<Ime>(
    field("mode", &Ime::mode),
    field("composing", &Ime::composing),
    number("page", &Ime::page, 0, kMost),
    field("shift", &Ime::shift));

template <>
inline constexpr auto kFields<Toast> = describe<Toast>(
    field("text", &Toast::text),
    ms("until_ms", &Toast::until_ms).unseen());

template <>
inline constexpr auto kFields<Notification> = describe<Notification>(
    index("app", &Notification::app, Means::kApp, -1),
    field("title", &Notification::title),
    field("text", &Notification::text),
    ms("when_ms", &Notification::when_ms),
    index("screen", &Notification::screen, Means::kScreen, -1),
    field("args", &Notification::args));

template <>
inline constexpr auto kFields<SystemDialog> = describe<SystemDialog>(
    field("title", &SystemDialog::title),
    field("text", &SystemDialog::text),
    field("buttons", &SystemDialog::buttons),
    field("kind", &SystemDialog::kind),
    ms("until_ms", &SystemDialog::until_ms),
    number("way_out", &SystemDialog::way_out, -1, kMost),
    field("permission", &SystemDialog::permission),
    index("app", &SystemDialog::app, Means::kApp, -1),
    index("screen", &SystemDialog::screen, Means::kScreen, -1),
    index("transition", &SystemDialog::transition, Means::kTransition, -1),
    field("row", &SystemDialog::row));

template <>
inline constexpr auto kFields<PermissionGrant> = describe<PermissionGrant>(
    index("app", &PermissionGrant::app, Means::kApp, 0),
    field("permission", &PermissionGrant::permission),
    field("grant", &PermissionGrant::grant));

template <>
inline constexpr auto kFields<Folder> = describe<Folder>(
    field("name", &Folder::name),
    index("apps", &Folder::apps, Means::kApp, 0));

template <>
inline constexpr auto kFields<Launcher> = describe<Launcher>(
    field("searching", &Launcher::searching),
    field("query", &Launcher::query),
    number("folder", &Launcher::folder, -1, kMost),
    index("held", &Launcher::held, Means::kApp, -1));

template <>
inline constexpr auto kFields<Selection> = describe<Selection>(
    field("text", &Selection::text),
    number("from", &Selection::from, -1, kMost),
    number("x", &Selection::x),
    number("y", &Selection::y));

// ---- the whole ----------------------------------------------------------------------

template <>
inline constexpr auto kFields<PhoneState> = describe<PhoneState>(
    field("world", &PhoneState::world),
    field("shell", &PhoneState::shell),
    number("launcher_page", &PhoneState::launcher_page, 0, kMost),
    index("icon_order", &PhoneState::icon_order, Means::kAppOrFolder, -kMost),
    field("recents", &PhoneState::recents),
    field("focus", &PhoneState::focus),
    field("ime", &PhoneState::ime),
    field("toast", &PhoneState::toast),
    field("notifications", &PhoneState::notifications),
    ms("heads_up_until_ms", &PhoneState::heads_up_until_ms).unseen(),
    field("dialogs", &PhoneState::dialogs),
    field("shade", &PhoneState::shade).packed(),
    field("lock", &PhoneState::lock).packed(),
    field("navigation", &PhoneState::navigation).packed(),
    field("launcher", &PhoneState::launcher).packed(),
    field("grants", &PhoneState::grants).packed(),
    field("folders", &PhoneState::folders).packed(),
    field("selection", &PhoneState::selection).packed(),
    field("clipboard", &PhoneState::clipboard),
    number("nuisance_key", &PhoneState::nuisance_key).unseen(),
    number("nuisance_draws", &PhoneState::nuisance_draws).unseen(),
    number("nuisance_level", &PhoneState::nuisance_level, 0, 2).unseen(),
    number("nuisance_count", &PhoneState::nuisance_count, 0, kMost).unseen());

// clang-format on

}  // namespace paperphone::sim
