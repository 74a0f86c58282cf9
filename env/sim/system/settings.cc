#include "env/sim/system/settings.h"

namespace paperphone::sim {

app::Ref settings_row(const Machine& machine, const PhoneState& state, int app) {
  const app::AppSet& apps = machine.apps();
  const int settings = apps.find("settings");
  if (settings < 0 || app < 0) return {};
  const app::AppSpec& spec = apps.apps[settings];
  const int table = spec.table("program");
  if (table < 0 || spec.tables[table].display_column < 0) return {};
  const int name = spec.tables[table].display_column;
  const std::string& title = apps.apps[app].title;
  const app::AppData& data = *state.world.apps[settings];
  for (const auto& row : data.tables[table]->rows)
    if (row->cells[name].as_text() == title)
      return {.app = std::int16_t(settings),
              .table = std::int16_t(table),
              .row_id = row->id};
  return {};
}

}  // namespace paperphone::sim
