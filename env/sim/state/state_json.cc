#include "env/sim/state/state_json.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

namespace paperphone::sim {

using app::AppSet;
using app::AppSpec;
using app::Kind;
using app::ScreenSpec;
using app::TableSpec;
using app::Widget;

namespace {

using Json = nlohmann::ordered_json;

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string time_text(std::int64_t minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string instant_text(std::int64_t minutes) {
  std::int64_t days = minutes / 1440;
  if (days * 1440 > minutes) --days;
  return date_text(days) + " " + time_text(minutes - days * 1440);
}

std::string money_text(std::int64_t fen) {
  return fmt::format("{}{}.{:02}", fen < 0 ? "-" : "", std::abs(fen / 100),
                     std::abs(fen % 100));
}

Json ref_json(app::Ref ref, const AppSet& apps) {
  if (!ref.valid()) return nullptr;
  const AppSpec& app = apps.apps[static_cast<std::size_t>(ref.app)];
  const TableSpec& table = app.tables[static_cast<std::size_t>(ref.table)];
  return fmt::format("{}.{}[{}]", app.id, table.name, ref.row_id);
}

}  // namespace

Json value_json(const app::Value& value, app::Type type, const AppSet& apps) {
  if (value.is_none()) return nullptr;
  switch (type.kind) {
    case Kind::kBool:
      return value.as_bool();
    case Kind::kText:
      return std::string(value.as_text());
    case Kind::kMoney:
      return money_text(value.as_int());
    case Kind::kDate:
      return date_text(value.as_int());
    case Kind::kTime:
      return time_text(value.as_int());
    case Kind::kInstant:
      return instant_text(value.as_int());
    case Kind::kRef:
      return ref_json(value.as_ref(), apps);
    default:
      return value.as_int();
  }
}

namespace {

Json table_json(const app::Table& table, const TableSpec& spec, const AppSet& apps) {
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json cells = Json::object();
    cells["id"] = row->id;
    for (std::size_t c = 0; c < spec.columns.size(); ++c)
      cells[spec.columns[c].name] =
          value_json(row->cells[c], spec.columns[c].type, apps);
    rows.push_back(std::move(cells));
  }
  return rows;
}

}  // namespace

Json app_json(const app::AppData& data, const AppSpec& spec, const AppSet& apps) {
  Json app = {{"state", Json::object()}, {"records", Json::object()}};
  for (std::size_t v = 0; v < spec.vars.size(); ++v)
    app["state"][spec.vars[v].name] =
        value_json(data.vars[v], spec.vars[v].type, apps);
  for (std::size_t t = 0; t < spec.tables.size(); ++t)
    app["records"][spec.tables[t].name] =
        table_json(*data.tables[t], spec.tables[t], apps);
  return app;
}

namespace {

Json task_json(const RecentTask& task, const AppSet& apps) {
  const AppSpec& app = apps.apps[static_cast<std::size_t>(task.app)];
  Json stack = Json::array();
  for (const ScreenEntry& entry : task.stack) {
    const ScreenSpec& screen = app.screens[static_cast<std::size_t>(entry.screen)];
    Json args = Json::object();
    for (std::size_t i = 0; i < entry.args.size() && i < screen.args.size(); ++i)
      args[screen.args[i].name] = value_json(entry.args[i], screen.args[i].type, apps);
    Json shown = {{"screen", screen.id},
                  {"args", std::move(args)},
                  {"scroll", entry.scroll},
                  {"entered_ms", entry.entered_ms},
                  {"afters_fired", entry.afters_fired}};
    if (const int opened = entry.opened.widget; opened >= 0) {
      const Widget& widget = *screen.widgets[static_cast<std::size_t>(opened)];
      shown["opened"] = {{"widget", widget.id},
                         {"row", ref_json(entry.opened.row, apps)}};
    }
    stack.push_back(std::move(shown));
  }
  return {{"app", app.id}, {"stack", std::move(stack)}};
}

Json focus_json(const PhoneState& state, const AppSet& apps) {
  const ScreenEntry* top = state.top();
  if (state.focus.widget < 0 || top == nullptr) return nullptr;
  const AppSpec& app = apps.apps[static_cast<std::size_t>(state.front_app())];
  const ScreenSpec& screen = app.screens[static_cast<std::size_t>(top->screen)];
  const Widget& widget = *screen.widgets[static_cast<std::size_t>(state.focus.widget)];
  return {{"widget", widget.id}, {"row", ref_json(state.focus.row, apps)}};
}

std::string app_name(int app, const AppSet& apps) {
  return app < 0 ? "" : apps.apps[static_cast<std::size_t>(app)].id;
}

Json screen_name(int app, int screen, const AppSet& apps) {
  if (app < 0 || screen < 0) return nullptr;
  return apps.apps[static_cast<std::size_t>(app)]
      .screens[static_cast<std::size_t>(screen)]
      .id;
}

Json dialog_json(const SystemDialog& dialog, const AppSet& apps) {
  static constexpr const char* kKinds[] = {"plain",  "permission", "splash_ad",
                                           "coupon", "loading",    "offline",
                                           "call",   "in_call",    "share"};
  return {{"kind", kKinds[static_cast<int>(dialog.kind)]},
          {"title", dialog.title},
          {"text", dialog.text},
          {"buttons", dialog.buttons},
          {"until_ms", dialog.until_ms},
          {"app", app_name(dialog.app, apps)}};
}

}  // namespace

Json phone_json(const PhoneState& state, const AppSet& apps) {
  static constexpr const char* kShells[] = {"launcher", "app", "recents"};
  static constexpr const char* kGrants[] = {"always", "while_using", "denied"};
  static constexpr const char* kShades[] = {"closed", "notices", "controls"};
  static constexpr const char* kLocks[] = {"open", "locked", "off"};
  static constexpr const char* kModes[] = {"pinyin", "english", "digits", "symbols"};
  Json root;
  root["now"] = instant_text(state.world.now_ms / 60000);
  root["now_ms"] = state.world.now_ms;
  root["shell"] = kShells[static_cast<int>(state.shell)];
  root["launcher_page"] = state.launcher_page;
  root["icons"] = Json::array();
  for (const std::int16_t app : state.icon_order)
    root["icons"].push_back(app < 0 ? fmt::format("folder {}", -1 - app)
                                    : app_name(app, apps));
  root["folders"] = Json::array();
  for (const Folder& folder : state.folders) {
    Json inside = Json::array();
    for (const std::int16_t app : folder.apps) inside.push_back(app_name(app, apps));
    root["folders"].push_back({{"name", folder.name}, {"apps", std::move(inside)}});
  }
  root["launcher"] = {{"searching", state.launcher.searching},
                      {"query", state.launcher.query},
                      {"folder", state.launcher.folder}};
  root["tasks"] = Json::array();
  for (const RecentTask& task : state.tasks)
    root["tasks"].push_back(task_json(task, apps));
  root["focus"] = focus_json(state, apps);
  root["ime"] = {{"mode", kModes[static_cast<int>(state.ime.mode)]},
                 {"composing", state.ime.composing},
                 {"page", state.ime.page},
                 {"shift", state.ime.shift}};
  root["toast"] = {{"text", state.toast.text}, {"until_ms", state.toast.until_ms}};
  root["notifications"] = Json::array();
  for (const Notification& n : state.notifications)
    root["notifications"].push_back({{"app", app_name(n.app, apps)},
                                     {"title", n.title},
                                     {"text", n.text},
                                     {"when_ms", n.when_ms},
                                     {"leads_to", screen_name(n.app, n.screen, apps)}});
  root["heads_up_until_ms"] = state.heads_up_until_ms;
  root["dialogs"] = Json::array();
  for (const SystemDialog& dialog : state.dialogs)
    root["dialogs"].push_back(dialog_json(dialog, apps));
  root["permissions"] = Json::array();
  for (const PermissionGrant& g : state.grants)
    root["permissions"].push_back({{"app", app_name(g.app, apps)},
                                   {"permission", app::name_of(g.permission).id},
                                   {"grant", kGrants[static_cast<int>(g.grant)]}});
  root["shade"] = kShades[static_cast<int>(state.shade)];
  root["lock"] = kLocks[static_cast<int>(state.lock)];
  root["navigation"] =
      state.navigation == Navigation::kGestures ? "gestures" : "buttons";
  root["clipboard"] = state.clipboard;
  root["selection"] = {{"text", state.selection.text}, {"from", state.selection.from}};
  root["nuisances"] = {{"level", state.nuisance_level},
                       {"key", state.nuisance_key},
                       {"draws", state.nuisance_draws},
                       {"count", state.nuisance_count}};
  return root;
}

Json state_json(const PhoneState& state, const AppSet& apps) {
  Json root = phone_json(state, apps);
  Json& all = root["apps"] = Json::object();
  for (std::size_t a = 0; a < state.world.apps.size(); ++a)
    all[apps.apps[a].id] = app_json(*state.world.apps[a], apps.apps[a], apps);
  return root;
}

std::string state_to_json(const PhoneState& state, const AppSet& apps) {
  return state_json(state, apps).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace paperphone::sim
