#include "env/sim/system/launcher.h"

#include <algorithm>

#include "env/base/rng.h"
#include "env/sim/navigation.h"
#include "env/sim/system/settings.h"
#include "env/sim/typing/words.h"

namespace paperphone::sim {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return out;
}

// By its title, its id or its pinyin.
bool is_called(const Machine& machine, const app::AppSpec& app, const std::string& query) {
  if (app.title.find(query) != std::string::npos) return true;
  const std::string letters = lower(query);
  if (app.id.starts_with(letters)) return true;
  if (machine.pinyin() == nullptr) return false;
  const auto spellings = machine.pinyin()->spellings(app.title);
  return std::any_of(spellings.begin(), spellings.end(), [&](const std::string& spelt) {
    return spelt.starts_with(letters);
  });
}

// Those of 设置 about an app; IconMenuPart::kIconRemove has none.
constexpr std::string_view kSettingsScreens[] = {"app", "notice"};

// 设置's page about the app; screen -1: there is none, or nothing is known of the app.
struct AboutApp {
  int app = -1;
  int screen = -1;
  app::Ref row;
};

AboutApp about_app(const Machine& machine, const PhoneState& state, int part) {
  const app::AppSet& apps = machine.apps();
  const int settings = apps.find("settings");
  if (settings < 0 || part < 0 || part >= int(std::size(kSettingsScreens))) return {};
  AboutApp about{.app = settings,
                 .screen = apps.apps[settings].screen(kSettingsScreens[part]),
                 .row = settings_row(machine, state, state.launcher.held)};
  if (!about.row.valid()) about.screen = -1;
  return about;
}

void remove_icon(PhoneState& state, int app) {
  std::erase(state.icon_order, app);
  for (Folder& folder : state.folders) std::erase(folder.apps, app);
  state.launcher_page = std::min(state.launcher_page, state.launcher_pages() - 1);
}

}  // namespace

ActionOutcome open_icon_menu(Run& run, int app) {
  if (!launcher_offers(run.machine, run.state, app)) return ActionOutcome::kNoTarget;
  run.state.launcher.held = app;
  return ActionOutcome::kApplied;
}

bool icon_menu_answers(const Machine& machine, const PhoneState& state, int part) {
  const int app = state.launcher.held;
  if (app < 0) return false;
  // What was found stands on no page, perhaps.
  if (part == kIconRemove) return !state.launcher.searching;
  return about_app(machine, state, part).screen >= 0;
}

// REQUIRES: it answers.
ActionOutcome tap_icon_menu(Run& run, int part) {
  const int app = run.state.launcher.held;
  if (part == kIconRemove) {
    run.state.launcher = {};
    remove_icon(run.state, app);
    const Words words(run.state, run.apps());
    run.state.toast = {
        .text = std::string(words("已移出桌面，可下滑搜索", "Removed from home")),
        .until_ms = run.state.world.now_ms + kToastMs};
    return ActionOutcome::kApplied;
  }
  const AboutApp about = about_app(run.machine, run.state, part);
  bring_to_front(run, about.app);
  go(run,
     {.mode = app::GoTo::Mode::kPush,
      .app = about.app,
      .screen = about.screen,
      .args = {}},
     {app::Value::of_ref(about.row)});
  return ActionOutcome::kApplied;
}

ActionOutcome search_apps(PhoneState& state) {
  if (state.shell != Shell::kLauncher || state.launcher.searching)
    return ActionOutcome::kNoTarget;
  state.launcher = {.searching = true};
  return ActionOutcome::kApplied;
}

void arrange_icons(PhoneState& state, std::int64_t order) {
  if (order == 0) return;
  Rng rng = Rng(std::uint64_t(order)).fork("icons");
  for (std::size_t i = state.icon_order.size(); i > 1; --i)
    std::swap(state.icon_order[i - 1], state.icon_order[rng.below(i)]);
}

void put_into_folders(PhoneState& state) {
  constexpr std::size_t kInFolder = 9;
  constexpr const char* kNames[] = {"常用工具", "生活", "影音娱乐", "出行", "更多"};
  const std::size_t half = state.icon_order.size() / 2;
  std::vector<std::int16_t> order;
  for (std::size_t i = 0; i < half; ++i) {
    if (i % kInFolder == 0) {
      order.push_back(std::int16_t(-1 - int(state.folders.size())));
      state.folders.push_back(
          {.name = kNames[std::min(state.folders.size(), std::size(kNames) - 1)],
           .apps = {}});
    }
    state.folders.back().apps.push_back(state.icon_order[i]);
  }
  order.insert(order.end(), state.icon_order.begin() + std::ptrdiff_t(half),
               state.icon_order.end());
  state.icon_order = std::move(order);
}

bool launcher_offers(const Machine& machine, const PhoneState& state, int app) {
  if (state.shell != Shell::kLauncher || app < 0 ||
      app >= int(machine.apps().apps.size()) || machine.apps().apps[app].hidden ||
      state.launcher.held >= 0)
    return false;
  const auto has = [app](const auto& apps) {
    return std::find(apps.begin(), apps.end(), app) != apps.end();
  };
  if (state.launcher.searching) return has(machine.search_results(state));
  if (state.launcher.folder >= 0)
    return has(state.folders[state.launcher.folder].apps);
  return has(state.icon_order);
}

std::vector<int> Machine::search_results(const PhoneState& state) const {
  std::vector<int> found;
  if (!state.launcher.searching) return found;
  for (std::size_t i = 0; i < apps_->apps.size(); ++i)
    if (!apps_->apps[i].hidden &&
        is_called(*this, apps_->apps[i], state.launcher.query))
      found.push_back(int(i));
  return found;
}

}  // namespace paperphone::sim
