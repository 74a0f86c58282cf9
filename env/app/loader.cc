#include "env/app/loader.h"

#include <fmt/format.h>

#include <cstdlib>

#include "env/app/expr/chosen_rows.h"
#include "env/app/load/app_files.h"
#include "env/app/load/lint.h"
#include "env/app/load/loading.h"
#include "env/app/load/screens/screen_loader.h"
#include "env/app/load/screens/service_loader.h"
#include "env/app/load/screens/transition_loader.h"
#include "env/app/load/shorthand.h"
#include "env/app/load/state/declarations.h"
#include "env/app/load/state/fixtures.h"
#include "env/app/load/state/generators.h"
#include "env/app/load/state/table_circles.h"
#include "env/app/load/tasks/task_loader.h"
#include "env/app/load/templates.h"
#include "env/base/error.h"

// Where the apps were installed. Defined in programs that found the installed package
// (cmake/installed_apps.cc), nowhere else: a static library cannot know where it lies.
extern "C" const char paperphone_installed_apps[] __attribute__((weak));

namespace paperphone::app {
namespace {

void resolve_phone_vars(AppSet& apps) {
  if (apps.apps.empty() || apps.apps[0].id != "phone") return;
  const AppSpec& phone = apps.apps[0];
  apps.phone = {.dark_mode = phone.var("dark_mode"),
                .font_percent = phone.var("font_percent"),
                .wifi = phone.var("wifi"),
                .airplane = phone.var("airplane"),
                .bluetooth = phone.var("bluetooth"),
                .battery = phone.var("battery"),
                .mobile_data = phone.var("mobile_data"),
                .flashlight = phone.var("flashlight"),
                .do_not_disturb = phone.var("do_not_disturb"),
                .eye_comfort = phone.var("eye_comfort"),
                .auto_rotate = phone.var("auto_rotate"),
                .vibrate = phone.var("vibrate"),
                .location = phone.var("location"),
                .hotspot = phone.var("hotspot"),
                .battery_saver = phone.var("battery_saver"),
                .nfc = phone.var("nfc"),
                .brightness = phone.var("brightness"),
                .media_volume = phone.var("media_volume"),
                .ring_volume = phone.var("ring_volume"),
                .language = phone.var("language"),
                .hour24 = phone.var("hour24"),
                .wallpaper = phone.var("wallpaper"),
                .battery_percent = phone.var("battery_percent"),
                .icon_order = phone.var("icon_order")};
}

}  // namespace

LoadResult lint_apps(const std::filesystem::path& apps_dir,
                     const LintOptions& options) {
  Loading loading;
  read_app_files(apps_dir, loading);
  expand_templates(loading);
  write_out_shorthands(loading);
  const int count = int(loading.apps.apps.size());
  const auto for_all = [&](auto step) {
    for (int app = 0; app < count; ++app) step(loading, app);
  };
  // Each step may look at what the earlier ones made in every app.
  for_all(declare_names);
  for_all(declare_types);
  for_all(load_fixtures);
  for_all(load_defaults);
  for_all(load_defines);
  for_all(load_checks);
  for_all(load_generators);
  find_table_circles(loading);
  for_all(load_receives);
  for_all(load_screens);
  for (AppSpec& app : loading.apps.apps) link_screens(app);
  for_all(check_widget_ids);
  for_all(load_transitions);
  for_all(load_tasks);
  load_tasks(loading, -1);
  resolve_phone_vars(loading.apps);
  const bool runs = loading.findings.size() == 0;
  if (runs) {
    // On a broken app these would only repeat what has been said.
    lint_reachability(loading);
    lint_dead_transitions(loading);
    lint_unused_state(loading);
    lint_unused_records(loading);
    lint_unused_defines(loading);
    lint_unused_lexicons(loading);
    lint_dead_widgets(loading);
    lint_lost_taps(loading);
  }
  lint_glyphs(loading, options);
  loading.apps.chosen = std::make_shared<ChosenRows>();
  return {.apps = std::move(loading.apps),
          .findings = loading.findings.sorted(),
          .runs = runs};
}

AppSet load_apps(const std::filesystem::path& apps_dir,
                 std::vector<Finding>* warnings) {
  LoadResult result = lint_apps(apps_dir);
  if (result.findings.empty()) return std::move(result.apps);
  if (result.runs && warnings != nullptr) {
    *warnings = std::move(result.findings);
    return std::move(result.apps);
  }
  std::string lines;
  for (const Finding& finding : result.findings) {
    if (!lines.empty()) lines += '\n';
    lines += finding.str();
  }
  throw ConfigError(lines);
}

std::filesystem::path default_apps_dir() {
  namespace fs = std::filesystem;
  std::error_code error;
  if (const char* chosen = std::getenv("PAPERPHONE_APPS"); chosen != nullptr) {
    if (fs::is_directory(chosen, error)) return chosen;
    throw ConfigError(fmt::format("PAPERPHONE_APPS names no folder: '{}'", chosen));
  }
  if (paperphone_installed_apps != nullptr &&
      fs::is_directory(paperphone_installed_apps, error))
    return paperphone_installed_apps;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed =
      executable.parent_path().parent_path() / "share" / "paperphone" / "apps";
  if (!executable.empty() && fs::is_directory(installed, error)) return installed;
#ifdef PAPERPHONE_SOURCE_DIR
  const fs::path source = fs::path(PAPERPHONE_SOURCE_DIR) / "apps";
  if (fs::is_directory(source, error)) return source;
#endif
  throw ConfigError("cannot find the folder 'apps'; set PAPERPHONE_APPS to it");
}

}  // namespace paperphone::app
