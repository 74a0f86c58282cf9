#include "env/task/evidence/evidence.h"

#include <fmt/format.h>

#include <algorithm>

namespace paperphone::task {

using app::Cell;
using app::Value;

namespace {

std::uint64_t key_of(const Cell& cell, const Value& value) {
  Hasher hasher;
  hasher.add(cell.app).add(cell.table).add(cell.row_id).add(cell.column);
  value.add_to(hasher);
  return hasher.finish().low;
}

}  // namespace

namespace {

// Whatever does not depend on the rows goes by its value.
void add_meaning(const app::ExprNode& node, const app::EvalContext& context, int inside,
                 Hasher& hasher) {
  const auto reads_rows = [](const auto& self, const app::ExprNode& n, int depth) -> bool {
    if (n.op == app::Op::kIt) return n.index < depth;
    const int below = depth + (app::has_own_it(n) ? 1 : 0);
    return std::any_of(n.children.begin(), n.children.end(),
                       [&](const app::ExprNode& child) { return self(self, child, below); });
  };
  if (inside > 0 && !reads_rows(reads_rows, node, inside) && !app::has_own_it(node)) {
    evaluate(node, context).add_to(hasher);
    return;
  }
  hasher.add(node.op).add(node.app).add(node.index);
  app::EvalContext row = context;
  if (app::has_own_it(node)) {
    row.outer = &context;
    row.it = {};
    row.it_in_hand = nullptr;
  }
  const int below = inside + (app::has_own_it(node) ? 1 : 0);
  for (const app::ExprNode& child : node.children) add_meaning(child, row, below, hasher);
}

}  // namespace

Cell cell_of(const app::ExprNode& node, const app::EvalContext& context) {
  constexpr std::int32_t kNoRow = -2;
  app::EvalContext quiet = context;
  quiet.trace = nullptr;
  Hasher hasher;
  add_meaning(node, quiet, 0, hasher);
  return {std::int16_t(node.app), std::int16_t(node.index), kNoRow,
          std::int32_t(hasher.finish().low & 0x7fffffff)};
}

std::string name_of(const app::AppSet& apps, const Cell& cell) {
  const app::AppSpec& app = apps.apps[cell.app];
  if (cell.table < 0) return fmt::format("{}.{}", app.id, app.vars[cell.column].name);
  const app::TableSpec& table = app.tables[cell.table];
  return fmt::format("{}.{}.{}", app.id, table.name, table.columns[cell.column].name);
}

Value value_at(const app::World& world, const Cell& cell) {
  if (cell.table < 0) return world.apps[cell.app]->vars[cell.column];
  const app::Row* row = world.find({cell.app, cell.table, cell.row_id});
  return row == nullptr ? Value() : row->cells[cell.column];
}

int Listing::place_of(std::int32_t row_id) const {
  const auto found = std::find(rows.begin(), rows.end(), row_id);
  return found == rows.end() ? -1 : int(found - rows.begin());
}

bool Listing::whole() const { return seen_from_top() == int(rows.size()); }

int Listing::seen_from_top() const {
  return int(std::find(seen.begin(), seen.end(), 0) - seen.begin());
}

void Evidence::add(const Cell& cell, const Value& value) { add(key_of(cell, value)); }

void Evidence::add(std::uint64_t stored) {
  if (below_ != nullptr && below_->has(stored)) return;
  if (seen_.insert(stored).second) sum_ += stored;
}

bool Evidence::has(const Cell& cell, const Value& value) const {
  return has(key_of(cell, value));
}

bool Evidence::has(std::uint64_t stored) const {
  return seen_.contains(stored) || (below_ != nullptr && below_->has(stored));
}

std::uint64_t Evidence::digest() const {
  return sum_ + (below_ == nullptr ? 0 : below_->digest());
}

std::vector<std::uint64_t> Evidence::seen() const {
  std::vector<std::uint64_t> out(seen_.begin(), seen_.end());
  std::sort(out.begin(), out.end());
  return out;
}

// The same rows, or those above rows that have come at the end.
const Listing* Evidence::of_list(const Listing& listing) const {
  for (const Listing& known : listings_)
    if (known.key == listing.key) return &known;
  for (const Listing& known : listings_)
    if (known.list == listing.list && known.rows.size() <= listing.rows.size() &&
        std::equal(known.rows.begin(), known.rows.end(), listing.rows.begin()))
      return &known;
  return below_ == nullptr ? nullptr : below_->of_list(listing);
}

Listing& Evidence::keep(Listing listing) {
  const Listing* known = of_list(listing);
  if (known != nullptr) {
    std::copy(known->seen.begin(), known->seen.end(), listing.seen.begin());
    for (Listing& own : listings_)
      if (&own == known) return own.key == listing.key ? own : own = std::move(listing);
  }
  return listings_.emplace_back(std::move(listing));
}

std::vector<const Listing*> Evidence::listings() const {
  std::vector<const Listing*> out;
  if (below_ != nullptr) out = below_->listings();
  for (const Listing& known : listings_) out.push_back(&known);
  return out;
}

const Listing* Evidence::find(const Hash128& key) const {
  for (const Listing& known : listings_)
    if (known.key == key) return &known;
  return below_ == nullptr ? nullptr : below_->find(key);
}

}  // namespace paperphone::task
