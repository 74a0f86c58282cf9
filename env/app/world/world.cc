#include "env/app/world/world.h"

#include <algorithm>

#include "env/app/world/generator.h"

namespace paperphone::app {
namespace {

// Position of the row with this id, or rows.size().
std::size_t position(const std::vector<Cow<Row>>& rows, std::int32_t id) {
  const auto guess = std::size_t(id);  // right while nothing was erased
  if (id >= 0 && guess < rows.size() && rows[guess]->id == id) return guess;
  const auto it = std::lower_bound(
      rows.begin(), rows.end(), id,
      [](const Cow<Row>& row, std::int32_t wanted) { return row->id < wanted; });
  if (it == rows.end() || (*it)->id != id) return rows.size();
  return std::size_t(it - rows.begin());
}

Hash128 hash_row(const Row& row) {
  Hasher hasher;
  hasher.add(row.id);
  for (const Value& cell : row.cells) cell.add_to(hasher);
  return hasher.finish();
}

constexpr Hash128 kUnchanged{};

// The rows that are not as they were at first. Both sides are ordered by id: a merge.
Hash128 hash_table(const Table& table, const Table* first) {
  static const Table kNothing;
  if (first == nullptr) first = &kNothing;
  Hasher hasher;
  bool changed = table.next_id != first->next_id;
  hasher.add(table.next_id);
  auto was = first->rows.begin();
  for (const auto& row : table.rows) {
    for (; was != first->rows.end() && (*was)->id < row->id; ++was) {
      hasher.add((*was)->id).add(-1);  // erased
      changed = true;
    }
    const bool common = was != first->rows.end() && (*was)->id == row->id;
    if (!common || !(row == *was)) {
      hasher.add(row.hash(hash_row));
      changed = true;
    }
    if (common) ++was;
  }
  for (; was != first->rows.end(); ++was) {
    hasher.add((*was)->id).add(-1);
    changed = true;
  }
  return changed ? hasher.finish() : kUnchanged;
}

Hash128 hash_app(const AppData& app, const AppData* first) {
  Hasher hasher;
  bool changed = first == nullptr;
  for (std::size_t v = 0; v < app.vars.size(); ++v) {
    if (first != nullptr && app.vars[v] == first->vars[v]) continue;
    hasher.add(v);
    app.vars[v].add_to(hasher);
    changed = true;
  }
  for (std::size_t t = 0; t < app.tables.size(); ++t) {
    if (app.tables[t].untouched()) continue;
    const Table* was = first != nullptr ? &*first->tables[t] : nullptr;
    const Hash128 hash =
        app.tables[t].hash([&](const Table& own) { return hash_table(own, was); });
    if (hash == kUnchanged) continue;
    hasher.add(~t).add(hash);
    changed = true;
  }
  return changed ? hasher.finish() : kUnchanged;
}

bool in_range(int index, std::size_t size) {
  return index >= 0 && std::size_t(index) < size;
}

}  // namespace

const Cow<Row>* Table::find_shared(std::int32_t id) const {
  const std::size_t i = position(rows, id);
  return i < rows.size() ? &rows[i] : nullptr;
}

const Row* Table::find(std::int32_t id) const {
  const Cow<Row>* row = find_shared(id);
  return row != nullptr ? &**row : nullptr;
}

Row* Table::find_for_edit(std::int32_t id) {
  const std::size_t i = position(rows, id);
  return i < rows.size() ? &rows[i].edit() : nullptr;
}

std::int32_t Table::append(Cells cells) {
  rows.emplace_back(Row{.id = next_id, .cells = std::move(cells)});
  return next_id++;
}

bool Table::erase(std::int32_t id) {
  const std::size_t i = position(rows, id);
  if (i >= rows.size()) return false;
  rows.erase(rows.begin() + std::ptrdiff_t(i));
  return true;
}

void World::add_to(Hasher& hasher) const {
  hasher.add(generator ? generator->key() : 0).add(now_ms);
  for (std::size_t a = 0; a < apps.size(); ++a) {
    if (apps[a].untouched()) continue;
    const AppData* first = generator ? &*generator->first_world().apps[a] : nullptr;
    const Hash128 hash =
        apps[a].hash([&](const AppData& own) { return hash_app(own, first); });
    if (!(hash == kUnchanged)) hasher.add(a).add(hash);
  }
}

const Row* World::find(Ref ref) const {
  if (!ref.valid() || !in_range(ref.app, apps.size())) return nullptr;
  const AppData& data = *apps[ref.app];
  if (!in_range(ref.table, data.tables.size())) return nullptr;
  return data.tables[ref.table]->find(ref.row_id);
}

Row* World::find_for_edit(Ref ref) {
  if (find(ref) == nullptr) return nullptr;  // nothing is copied for a missing row
  AppData& data = apps[ref.app].edit();
  return data.tables[ref.table].edit().find_for_edit(
      ref.row_id);
}

}  // namespace paperphone::app
