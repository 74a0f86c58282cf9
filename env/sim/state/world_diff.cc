#include <fmt/format.h>

#include <algorithm>

#include "env/base/check.h"
#include "env/sim/state/phone_state.h"

namespace paperphone::sim {

using app::AppData;
using app::AppSet;
using app::AppSpec;
using app::Row;
using app::Table;
using app::World;

namespace {

class Differ {
 public:
  explicit Differ(std::vector<Change>& changes) : changes_(changes) {}

  void app(int app, const AppSpec& spec, const AppData& before, const AppData& after) {
    app_ = app;
    CHECK_EQ(before.vars.size(), after.vars.size());
    for (std::size_t i = 0; i < spec.vars.size(); ++i)
      if (!spec.vars[i].is_view && !(before.vars[i] == after.vars[i]))
        add({.what = Change::What::kVar, .index = int(i)});
    CHECK_EQ(before.tables.size(), after.tables.size());
    for (std::size_t t = 0; t < before.tables.size(); ++t)
      if (before.tables[t].identity() != after.tables[t].identity())
        table(int(t), *before.tables[t], *after.tables[t]);
  }

 private:
  void add(Change change) {
    change.app = app_;
    changes_.push_back(change);
  }

  // Both sides are ordered by id: a merge.
  void table(int index, const Table& before, const Table& after) {
    auto old_row = before.rows.begin();
    auto new_row = after.rows.begin();
    while (old_row != before.rows.end() || new_row != after.rows.end()) {
      const bool only_old =
          new_row == after.rows.end() ||
          (old_row != before.rows.end() && (*old_row)->id < (*new_row)->id);
      const bool only_new = !only_old && (old_row == before.rows.end() ||
                                          (*new_row)->id < (*old_row)->id);
      if (only_old) {
        add({.what = Change::What::kRowDeleted,
             .index = index,
             .row_id = (*old_row++)->id});
      } else if (only_new) {
        add({.what = Change::What::kRowAdded,
             .index = index,
             .row_id = (*new_row++)->id});
      } else {
        if (old_row->identity() != new_row->identity())
          cells(index, **old_row, **new_row);
        ++old_row;
        ++new_row;
      }
    }
  }

  void cells(int index, const Row& before, const Row& after) {
    for (std::size_t c = 0; c < before.cells.size(); ++c)
      if (!(before.cells[c] == after.cells[c]))
        add({.what = Change::What::kCell,
             .index = index,
             .column = int(c),
             .row_id = before.id});
  }

  std::vector<Change>& changes_;
  int app_ = -1;
};

}  // namespace

std::string Change::address(const AppSet& apps) const {
  const AppSpec& spec = apps.apps[app];
  const auto at = std::size_t(index);
  if (what == What::kVar) return spec.id + "." + spec.vars[at].name;
  const app::TableSpec& table = spec.tables[at];
  std::string text = fmt::format("{}.{}[{}]", spec.id, table.name, row_id);
  if (what == What::kCell)
    text += "." + table.columns[column].name;
  return text;
}

std::vector<Change> diff_worlds(const World& before, const World& after,
                                const AppSet& apps) {
  std::vector<Change> changes;
  Differ differ(changes);
  CHECK_EQ(before.apps.size(), after.apps.size());
  for (std::size_t a = 0; a < before.apps.size(); ++a)
    if (before.apps[a].identity() != after.apps[a].identity())
      differ.app(int(a), apps.apps[a], *before.apps[a], *after.apps[a]);
  return changes;
}

}  // namespace paperphone::sim
