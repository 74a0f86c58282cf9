#include "env/sim/state/state_diff.h"

#include <fmt/format.h>

#include <map>

#include "env/base/json_text.h"
#include "env/sim/state/state_json.h"

namespace paperphone::sim {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) { return json_text(json); }

class Differ {
 public:
  explicit Differ(std::vector<StateChange>& changes) : changes_(changes) {}

  void values(const std::string& address, const Json& before, const Json& after) {
    if (before == after) return;
    if (before.is_object() && after.is_object()) return objects(address, before, after);
    if (before.is_array() && after.is_array()) return arrays(address, before, after);
    changes_.push_back({address, text_of(before), text_of(after)});
  }

  void objects(const std::string& address, const Json& before, const Json& after) {
    const std::string prefix = address.empty() ? "" : address + ".";
    for (const auto& [key, value] : before.items())
      values(prefix + key, value, after.contains(key) ? after[key] : Json());
    for (const auto& [key, value] : after.items())
      if (!before.contains(key)) values(prefix + key, Json(), value);
  }

  // By position.
  void arrays(const std::string& address, const Json& before, const Json& after) {
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i)
      values(fmt::format("{}[{}]", address, i), i < before.size() ? before[i] : Json(),
             i < after.size() ? after[i] : Json());
  }

  // By row id.
  void tables(const std::string& address, const Json& before, const Json& after) {
    if (before == after) return;
    std::map<std::int64_t, std::pair<const Json*, const Json*>> rows;
    for (const Json& row : before) rows[row["id"].get<std::int64_t>()].first = &row;
    for (const Json& row : after) rows[row["id"].get<std::int64_t>()].second = &row;
    const Json none;
    for (const auto& [id, row] : rows)
      values(fmt::format("{}[{}]", address, id), row.first ? *row.first : none,
             row.second ? *row.second : none);
  }

 private:
  std::vector<StateChange>& changes_;
};

}  // namespace

std::string StateChange::str() const {
  return fmt::format("{}: {} -> {}", address, before, after);
}

std::vector<StateChange> diff_states(const PhoneState& before, const PhoneState& after,
                                     const app::AppSet& apps) {
  std::vector<StateChange> changes;
  Differ differ(changes);
  Json old_phone = phone_json(before, apps);
  Json new_phone = phone_json(after, apps);
  old_phone.erase("now");  // now_ms says it exactly
  new_phone.erase("now");
  differ.objects("", old_phone, new_phone);
  for (std::size_t a = 0; a < apps.apps.size(); ++a) {
    if (before.world.apps[a].identity() == after.world.apps[a].identity()) continue;
    const app::AppSpec& spec = apps.apps[a];
    const Json old_app = app_json(*before.world.apps[a], spec, apps);
    const Json new_app = app_json(*after.world.apps[a], spec, apps);
    differ.objects(spec.id, old_app["state"], new_app["state"]);
    for (const auto& [name, rows] : old_app["records"].items())
      differ.tables(spec.id + "." + name, rows, new_app["records"][name]);
  }
  return changes;
}

}  // namespace paperphone::sim
