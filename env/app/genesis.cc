#include "env/app/genesis.h"

#include "env/app/calendar.h"
#include "env/check.h"

namespace paperphone {
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

Value empty_cell(Type type) {
  switch (type.kind) {
    case Kind::kBool: case Kind::kInt: case Kind::kMoney: case Kind::kSeed:
      return Value::of_int(0);
    case Kind::kText: return Value::of_text({});
    default: return {};
  }
}

class TableMaker {
 public:
  // `world`: the first world; the table being made stands in a copy of it, so that its
  // generators can read the rows above their own.
  TableMaker(const AppSet& apps, const World& first, int app, int table, const Rng& rng)
      : apps_(apps), world_(first), app_(app), table_(table),
        spec_(apps.apps[std::size_t(app)].tables[std::size_t(table)]) {
    world_.apps[std::size_t(app)].edit().tables[std::size_t(table)] =
        Lazy<Table>(Table());
    for (const ColumnSpec& column : spec_.columns) {
      const Rng stream = rng.fork(column.name);
      streams_.push_back(
          {.column = stream, .rows = stream.fork("row"), .fixtures = stream.fork("fixture")});
      blank_.push_back(empty_cell(column.type));
    }
  }

  Table make() {
    Table& table = data();
    table.rows.reserve(spec_.fixture_rows.size() + std::size_t(spec_.generated_rows));
    for (const auto& row : spec_.fixture_rows) table.append(row);
    for (const auto& [row, column] : spec_.relative_cells) {
      Value& cell = table.find_for_edit(row)->cells[std::size_t(column)];
      cell = counted_from_clock(cell, spec_.columns[std::size_t(column)].type,
                                world_.now_ms);
    }
    for (std::size_t i = 0; i < spec_.fixture_rows.size(); ++i)
      generate(table, std::int32_t(i), int(i), true);
    for (int i = 0; i < spec_.generated_rows; ++i)
      generate(table, table.append(blank_), i, false);
    return std::move(table);
  }

 private:
  Table& data() {
    return world_.apps[std::size_t(app_)].edit().tables[std::size_t(table_)].edit();
  }

  // Fills the row's cells from left to right; a later one may read the earlier.
  void generate(Table& table, std::int32_t id, int number, bool is_fixture) {
    Row& row = *table.find_for_edit(id);  // nobody shares it yet, so it stays in place
    const Ref ref{std::int16_t(app_), std::int16_t(table_), id};
    for (std::size_t c = 0; c < spec_.columns.size(); ++c) {
      const ColumnSpec& column = spec_.columns[c];
      if (column.generate.empty() || (is_fixture && column.in_file)) continue;
      const Streams& streams = streams_[c];
      Rng rng =
          (is_fixture ? streams.fixtures : streams.rows).fork(std::uint64_t(number));
      const int sequence = is_fixture ? number : spec_.first_generated(column) + number;
      const EvalContext context{.world = world_, .apps = apps_, .row = ref, .it = ref,
                                .row_in_hand = &row, .it_in_hand = &row,
                                .rng = &rng, .sequence = sequence,
                                .column_rng = &streams.column};
      row.cells[c] = evaluate(column.generate, context);
    }
  }

  const AppSet& apps_;
  World world_;
  int app_;
  int table_;
  const TableSpec& spec_;
  struct Streams {
    Rng column, rows, fixtures;
  };
  std::vector<Streams> streams_;  // one per column
  std::vector<Value> blank_;
};

}  // namespace

Genesis::Genesis(const AppSet& apps, const Rng& rng) : apps_(apps), rng_(rng) {
  first_.now_ms = draw_clock(rng.fork("clock"));
  table_origins_.resize(apps.apps.size());
  first_.apps.reserve(apps.apps.size());
  for (std::size_t a = 0; a < apps.apps.size(); ++a) {
    app_origins_.emplace_back(*this, int(a));
    first_.apps.emplace_back(app_origins_.back());
  }
}

AppData Genesis::make(int app, int, const AppData*) const {
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  AppData data;
  data.vars.reserve(spec.vars.size());
  for (const VarSpec& var : spec.vars)
    data.vars.push_back(var.relative
                            ? counted_from_clock(var.initial, var.type, first_.now_ms)
                            : var.initial);
  auto& origins = table_origins_[std::size_t(app)];
  origins.reserve(spec.tables.size());
  data.tables.reserve(spec.tables.size());
  for (std::size_t t = 0; t < spec.tables.size(); ++t) {
    origins.push_back(std::make_unique<const Origin<Table>>(*this, app, int(t)));
    data.tables.emplace_back(*origins.back());
  }
  return data;
}

Table Genesis::make(int app, int table, const Table*) const {
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  const Rng rng = rng_.fork("world").fork(spec.id).fork(
      spec.tables[std::size_t(table)].name);
  return TableMaker(apps_, first_, app, table, rng).make();
}

World make_world(const AppSet& apps, const Rng& rng) {
  auto genesis = std::make_shared<const Genesis>(apps, rng);
  World world = genesis->first_world();
  world.genesis = std::move(genesis);
  return world;
}

World make_world(const AppSet& apps, std::uint64_t genesis_key) {
  return make_world(apps, Rng::from_state(genesis_key, 0));
}

World moved_onto(const World& first, const World& world) {
  CHECK_EQ(first.genesis->key(), world.genesis->key());
  World moved = first;
  moved.now_ms = world.now_ms;
  for (std::size_t a = 0; a < world.apps.size(); ++a) {
    if (world.apps[a].untouched()) continue;
    const AppData& own = *world.apps[a];
    AppData& data = moved.apps[a].edit();
    data.vars = own.vars;
    for (std::size_t t = 0; t < own.tables.size(); ++t)
      if (!own.tables[t].untouched()) data.tables[t].take(own.tables[t]);
  }
  return moved;
}

}  // namespace paperphone
