#include "env/app/calendar.h"
#include "env/app/loader.h"

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
  TableMaker(const AppSet& apps, World& world, int app, int table, const Rng& rng)
      : apps_(apps), world_(world), app_(app), table_(table),
        spec_(apps.apps[std::size_t(app)].tables[std::size_t(table)]) {
    for (const ColumnSpec& column : spec_.columns) {
      const Rng stream = rng.fork(column.name);
      streams_.push_back(
          {.column = stream, .rows = stream.fork("row"), .fixtures = stream.fork("fixture")});
      blank_.push_back(empty_cell(column.type));
    }
  }

  void make() {
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
                                .rng = &rng, .sequence = sequence,
                                .column_rng = &streams.column};
      row.cells[c] = evaluate(column.generate, context);
    }
  }

  const AppSet& apps_;
  World& world_;
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

World make_world(const AppSet& apps, const Rng& rng) {
  World world;
  world.now_ms = draw_clock(rng.fork("clock"));
  for (const AppSpec& app : apps.apps) {
    AppData data;
    for (const VarSpec& var : app.vars)
      data.vars.push_back(
          var.relative ? counted_from_clock(var.initial, var.type, world.now_ms)
                       : var.initial);
    data.tables.resize(app.tables.size());
    world.apps.emplace_back(std::move(data));
  }
  for (const auto& [app, table] : apps.making_order) {
    const AppSpec& spec = apps.apps[std::size_t(app)];
    const Rng app_rng = rng.fork("world").fork(spec.id);
    TableMaker(apps, world, app, table,
               app_rng.fork(spec.tables[std::size_t(table)].name))
        .make();
  }
  return world;
}

}  // namespace paperphone
