#include "env/app/world.h"

#include <algorithm>

namespace paperphone {
namespace {

// Position of the row with this id, or rows.size().
std::size_t position(const std::vector<Cow<Row>>& rows, std::int32_t id) {
  const auto guess = static_cast<std::size_t>(id);  // right while nothing was erased
  if (id >= 0 && guess < rows.size() && rows[guess]->id == id) return guess;
  const auto it = std::lower_bound(
      rows.begin(), rows.end(), id,
      [](const Cow<Row>& row, std::int32_t wanted) { return row->id < wanted; });
  if (it == rows.end() || (*it)->id != id) return rows.size();
  return static_cast<std::size_t>(it - rows.begin());
}

Hash128 hash_row(const Row& row) {
  Hasher hasher;
  hasher.add(row.id);
  for (const Value& cell : row.cells) cell.add_to(hasher);
  return hasher.finish();
}

Hash128 hash_table(const Table& table) {
  Hasher hasher;
  hasher.add(table.next_id).add(table.rows.size());
  for (const auto& row : table.rows) hasher.add(row.hash(hash_row));
  return hasher.finish();
}

bool in_range(int index, std::size_t size) {
  return index >= 0 && static_cast<std::size_t>(index) < size;
}

}  // namespace

const Row* Table::find(std::int32_t id) const {
  const std::size_t i = position(rows, id);
  return i < rows.size() ? &*rows[i] : nullptr;
}

Row* Table::find_for_edit(std::int32_t id) {
  const std::size_t i = position(rows, id);
  return i < rows.size() ? &rows[i].edit() : nullptr;
}

std::int32_t Table::append(std::vector<Value> cells) {
  rows.emplace_back(Row{.id = next_id, .cells = std::move(cells)});
  return next_id++;
}

bool Table::erase(std::int32_t id) {
  const std::size_t i = position(rows, id);
  if (i >= rows.size()) return false;
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
  return true;
}

void AppData::add_to(Hasher& hasher) const {
  hasher.add(vars.size());
  for (const Value& value : vars) value.add_to(hasher);
  hasher.add(tables.size());
  for (const auto& table : tables) hasher.add(table.hash(hash_table));
}

const Row* World::find(Ref ref) const {
  if (!ref.valid() || !in_range(ref.app, apps.size())) return nullptr;
  const AppData& data = *apps[static_cast<std::size_t>(ref.app)];
  if (!in_range(ref.table, data.tables.size())) return nullptr;
  return data.tables[static_cast<std::size_t>(ref.table)]->find(ref.row_id);
}

Row* World::find_for_edit(Ref ref) {
  if (find(ref) == nullptr) return nullptr;  // nothing is copied for a missing row
  AppData& data = apps[static_cast<std::size_t>(ref.app)].edit();
  return data.tables[static_cast<std::size_t>(ref.table)].edit().find_for_edit(
      ref.row_id);
}

}  // namespace paperphone
