#include "env/app/world/generator.h"

#include "env/app/calendar.h"
#include "env/base/check.h"

namespace paperphone::app {
namespace {

constexpr CivilDate kFirstDay{.year = 2025, .month = 1, .day = 1};
constexpr CivilDate kLastDay{.year = 2025, .month = 12, .day = 31};
constexpr std::int64_t kFirstMinute = 8 * 60;
constexpr std::int64_t kLastMinute = 21 * 60;

std::int64_t draw_clock(Rng rng) {
  const std::int64_t day =
      rng.between(days_from_civil(kFirstDay), days_from_civil(kLastDay));
  const std::int64_t minute = rng.between(kFirstMinute, kLastMinute);
  return (day * kMinutesPerDay + minute) * kMsPerMinute;
}

Value counted_from_clock(const Value& distance, Type type, std::int64_t now_ms) {
  const std::int64_t minutes = floor_div(now_ms, kMsPerMinute);
  const std::int64_t base =
      type.kind == Kind::kDate ? floor_div(minutes, kMinutesPerDay) : minutes;
  return Value::of_int(base + distance.as_int());
}

}  // namespace

// Makes one table: whole, or its rows first and their cells when they are read.
class TableGenerator {
 public:
  // Generators read `first`, the first world, which outlives this.
  TableGenerator(const AppSet& apps, const World& first, ChosenRows& chosen, int app,
                 int table, const Rng& rng)
      : apps_(apps), first_(first), chosen_(chosen), app_(app), table_(table),
        spec_(apps.apps[app].tables[table]) {
    for (const ColumnSpec& column : spec_.columns) {
      const Rng stream = rng.fork(column.name);
      streams_.push_back(
          {.column = stream, .rows = stream.fork("row"), .fixtures = stream.fork("fixture")});
      blank_.push_back(default_value(column.type, apps));
    }
  }

  // Once: cells that are made later stand in here.
  Table make() { return spec_.cells_on_demand ? make_rows() : make_whole(); }

  Value make_cell(std::int32_t row_id, int column) const {
    const Table& table = *first_.apps[app_]->tables[table_];
    return cell(first_, *table.find(row_id), std::size_t(column));
  }

  // Held while a cell is stored.
  std::mutex& mutex() const { return mutex_; }

 private:
  bool is_fixture(std::int32_t id) const {
    return std::size_t(id) < spec_.fixture_rows.size();
  }
  bool is_generated(std::int32_t id, const ColumnSpec& column) const {
    return !column.generate.empty() && !(is_fixture(id) && column.in_file);
  }

  // Fixtures as the file has them, the others blank.
  std::vector<Value> first_cells(std::int32_t id) const {
    if (!is_fixture(id)) return blank_;
    std::vector<Value> cells = spec_.fixture_rows[id];
    for (const auto& [row, column] : spec_.relative_cells) {
      if (row != id) continue;
      Value& cell = cells[column];
      cell = counted_from_clock(cell, spec_.columns[column].type,
                                first_.now_ms);
    }
    return cells;
  }
  std::size_t num_rows() const {
    return spec_.fixture_rows.size() + std::size_t(spec_.generated_rows);
  }

  // All rows in one block of memory and all cells in another.
  Table make_rows() {
    const std::size_t columns = spec_.columns.size();
    std::uint64_t blank_made = 0;
    for (std::size_t c = 0; c < columns; ++c)
      blank_made |= std::uint64_t{spec_.columns[c].generate.empty()} << c;
    cells_ = std::make_unique<Value[]>(num_rows() * columns);
    Table table;
    table.rows = Cow<Row>::block(num_rows());
    table.next_id = std::int32_t(num_rows());
    for (std::size_t i = 0; i < num_rows(); ++i) {
      const auto id = std::int32_t(i);
      const std::span<Value> cells{cells_.get() + i * columns, columns};
      std::uint64_t made = blank_made;
      if (is_fixture(id)) {
        std::vector<Value> first = first_cells(id);
        std::move(first.begin(), first.end(), cells.begin());
        for (std::size_t c = 0; c < columns; ++c)
          made |= std::uint64_t{!is_generated(id, spec_.columns[c])} << c;
      } else {
        for (std::size_t c = 0; c < columns; ++c)
          if (blank_made >> c & 1) cells[c] = blank_[c];
      }
      Row& row = table.rows[i].fresh();
      row.id = id;
      row.cells = Cells(cells, made, *this, id);
    }
    return table;
  }

  // Row by row from left to right; a later cell may read the earlier, of this row and of
  // those above. The table stands in a copy of the first world meanwhile.
  Table make_whole() const {
    World world = first_;
    const auto data = [&]() -> Table& {
      return world.apps[app_].edit().tables[table_].edit();
    };
    world.apps[app_].edit().tables[table_] =
        Lazy<Table>();
    Table& table = data();
    table.rows.reserve(num_rows());
    for (std::size_t i = 0; i < spec_.fixture_rows.size(); ++i)
      table.append(first_cells(std::int32_t(i)));
    for (std::size_t i = 0; i < num_rows(); ++i) {
      if (i >= spec_.fixture_rows.size()) table.append(blank_);
      Row& row = table.rows[i].edit();  // nobody shares it yet, so it stays in place
      for (std::size_t c = 0; c < spec_.columns.size(); ++c)
        if (is_generated(row.id, spec_.columns[c])) row.cells[c] = cell(world, row, c);
    }
    return std::move(table);
  }

  // What a generated cell holds.
  Value cell(const World& world, const Row& row, std::size_t c) const {
    const ColumnSpec& column = spec_.columns[c];
    const Ref ref{std::int16_t(app_), std::int16_t(table_), row.id};
    const bool fixture = is_fixture(row.id);
    const int number = fixture ? row.id : row.id - int(spec_.fixture_rows.size());
    const Streams& streams = streams_[c];
    Rng rng = (fixture ? streams.fixtures : streams.rows).fork(std::uint64_t(number));
    const int sequence = fixture ? number : spec_.first_generated(column) + number;
    const EvalContext context{.world = world, .apps = apps_, .row = ref, .it = ref,
                              .row_in_hand = &row, .it_in_hand = &row,
                              .rng = &rng, .sequence = sequence,
                              .column_rng = &streams.column, .chosen = &chosen_};
    return evaluate(column.generate, context);
  }

  const AppSet& apps_;
  const World& first_;
  ChosenRows& chosen_;
  int app_;
  int table_;
  const TableSpec& spec_;
  struct Streams {
    Rng column, rows, fixtures;
  };
  std::vector<Streams> streams_;  // one per column
  std::vector<Value> blank_;
  std::unique_ptr<Value[]> cells_;  // of all rows, row by row
  mutable std::mutex mutex_;
};

// Two threads may compute the same value; the first one stores it.
void Cells::make(std::size_t column) const {
  Value value = generator_->make_cell(row_id_, int(column));
  const std::lock_guard lock(generator_->mutex());
  if (is_made(column)) return;
  values_[column] = std::move(value);
  made_.fetch_or(std::uint64_t{1} << column, std::memory_order_release);
}

WorldGenerator::WorldGenerator(const AppSet& apps, const Rng& rng)
    : apps_(apps), rng_(rng) {
  first_.now_ms = draw_clock(rng.fork("clock"));
  first_.apps.reserve(apps.apps.size());
  for (std::size_t a = 0; a < apps.apps.size(); ++a) {
    first_apps_.push_back(
        Lazy<AppData>::made_by([this, app = int(a)] { return make_app(app); }));
    first_.apps.push_back(first_apps_.back().lent());
  }
}

WorldGenerator::~WorldGenerator() = default;

AppData WorldGenerator::make_app(int app) const {
  const AppSpec& spec = apps_.apps[app];
  AppData data;
  data.vars.reserve(spec.vars.size());
  for (const VarSpec& var : spec.vars)
    data.vars.push_back(var.generate.empty() ? initial_value(var, first_.now_ms)
                                             : drawn(app, var));
  data.tables.reserve(spec.tables.size());
  const std::lock_guard lock(mutex_);
  for (std::size_t t = 0; t < spec.tables.size(); ++t) {
    first_tables_.push_back(Lazy<Table>::made_by(
        [this, app, table = int(t)] { return make_table(app, table); }));
    data.tables.push_back(first_tables_.back().lent());
  }
  return data;
}

Value WorldGenerator::drawn(int app, const VarSpec& var) const {
  Rng rng = rng_.fork("world").fork(apps_.apps[app].id).fork("state").fork(var.name);
  return evaluate(var.generate, {.world = first_, .apps = apps_, .rng = &rng, .chosen = &chosen_});
}

Table WorldGenerator::make_table(int app, int table) const {
  const AppSpec& spec = apps_.apps[app];
  const Rng rng = rng_.fork("world").fork(spec.id).fork(
      spec.tables[table].name);
  auto made = std::make_unique<TableGenerator>(apps_, first_, chosen_, app, table, rng);
  TableGenerator& generator = *made;
  {
    const std::lock_guard lock(mutex_);
    tables_.push_back(std::move(made));
  }
  return generator.make();
}

Value initial_value(const VarSpec& var, std::int64_t now_ms) {
  return var.relative ? counted_from_clock(var.initial, var.type, now_ms) : var.initial;
}

World make_world(const AppSet& apps, const Rng& rng) {
  auto generator = std::make_shared<const WorldGenerator>(apps, rng);
  World world = generator->first_world();
  world.generator = std::move(generator);
  return world;
}

World make_world(const AppSet& apps, std::uint64_t generator_key) {
  return make_world(apps, Rng::from_state(generator_key, 0));
}

World moved_onto(const World& first, const World& world) {
  CHECK_EQ(first.generator->key(), world.generator->key());
  World moved = first;
  moved.now_ms = world.now_ms;
  for (std::size_t a = 0; a < world.apps.size(); ++a) {
    if (world.apps[a].untouched()) continue;
    const AppData& own = *world.apps[a];
    const AppData& at_first = *world.generator->first_world().apps[a];
    AppData& data = moved.apps[a].edit();
    data.vars = own.vars;
    for (std::size_t t = 0; t < own.tables.size(); ++t) {
      if (own.tables[t].untouched()) continue;
      // Rows that are still as they were at first belong to the generator.
      const Table& theirs = *at_first.tables[t];
      const Table& ours = *data.tables[t];
      Table table = *own.tables[t];
      for (auto& row : table.rows) {
        const Cow<Row>* former = theirs.find_shared(row->id);
        if (former != nullptr && former->identity() == row.identity())
          row = *ours.find_shared(row->id);
      }
      data.tables[t].edit() = std::move(table);
    }
  }
  return moved;
}

}  // namespace paperphone::app
