#include "env/sim/state/state_json.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "env/base/json_text.h"
#include "env/sim/state/state_scope.h"

namespace paperphone::sim {

using app::AppSet;
using app::AppSpec;
using app::Kind;
using app::Ref;
using app::TableSpec;
using app::Value;
using app::World;

namespace {

using Json = nlohmann::ordered_json;

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{days}}};
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()),
                     unsigned(date.month()),
                     unsigned(date.day()));
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
  const AppSpec& app = apps.apps[ref.app];
  const TableSpec& table = app.tables[ref.table];
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
    app["state"][spec.vars[v].name] = value_json(data.vars[v], spec.vars[v].type, apps);
  for (std::size_t t = 0; t < spec.tables.size(); ++t)
    app["records"][spec.tables[t].name] =
        table_json(*data.tables[t], spec.tables[t], apps);
  return app;
}

namespace {

// A part of the state as JSON, with names instead of indices.
class PartJson {
 public:
  explicit PartJson(const Scope& scope) : scope_(scope) {}

  template <Described T>
  Json object(const T& part) {
    Json object = Json::object();
    visit_fields<T>([&](const auto& field) {
      const auto& value = part.*field.member;
      Json json = value_of(value, field.means);
      if (!field.may_be_none || !json.is_null())
        object[std::string(field.name)] = std::move(json);
      if constexpr (std::integral<std::decay_t<decltype(value)>>)
        scope_.enter(field.means, std::int64_t(value));
    });
    return object;
  }

  Json value_of(bool value, Means) const { return value; }
  template <std::integral T>
  Json value_of(T value, Means means) const {
    if (means == Means::kItself || means == Means::kNumber) return value;
    if (means == Means::kAppOrFolder && value < 0)
      return fmt::format("folder {}", -1 - value);
    return value < 0 ? Json() : Json(name_of(means, std::size_t(value)));
  }
  template <class T>
  requires std::is_enum_v<T> Json value_of(T value, Means)
  const { return word(value); }
  Json value_of(const std::string& text, Means) const { return text; }
  Json value_of(Ref ref, Means) const { return ref_json(ref, *scope_.apps); }
  Json value_of(const std::vector<Value>& args, Means) const {
    Json json = Json::object();
    for (std::size_t i = 0; scope_.screen != nullptr && i < args.size(); ++i) {
      const auto [name, type] = scope_.value(i);
      json[std::string(name)] = value_json(args[i], type, *scope_.apps);
    }
    return json;
  }
  Json value_of(const WidgetAt& at, Means) const {
    return at.there() ? PartJson(scope_).object(at) : Json();
  }
  template <Described T>
  Json value_of(const T& part, Means) const {
    return PartJson(scope_).object(part);
  }
  template <class T>
  Json value_of(const std::vector<T>& list, Means means) const {
    Json json = Json::array();
    for (const T& entry : list) json.push_back(value_of(entry, means));
    return json;
  }

 private:
  std::string name_of(Means means, std::size_t index) const {
    switch (means) {
      case Means::kApp:
      case Means::kAppOrFolder:
        return scope_.apps->apps[index].id;
      case Means::kScreen:
        return scope_.app->screens[index].id;
      case Means::kWidget:
        return scope_.screen->widgets[index]->id;
      default:
        return fmt::format("{}", index);  // transitions have no name
    }
  }

  Scope scope_;
};

}  // namespace

Json phone_json(const PhoneState& state, const AppSet& apps) {
  Json root;
  root["now"] = instant_text(state.world.now_ms / 60000);
  root["now_ms"] = state.world.now_ms;
  const PartJson phone(scope_in_front(apps, state));  // for the focus
  visit_fields<PhoneState>([&](const auto& field) {
    const auto& value = state.*field.member;
    if constexpr (!std::is_same_v<decltype(value), const World&>)
      root[std::string(field.name)] = phone.value_of(value, field.means);
  });
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
  return json_text(state_json(state, apps));
}

}  // namespace paperphone::sim
