#include "env/sim/state/world_bytes.h"

#include <fmt/format.h>

#include <limits>

#include "env/sim/state/describe.h"

namespace paperphone::sim {

using app::AppData;
using app::AppSet;
using app::AppSpec;
using app::Cow;
using app::Kind;
using app::Ref;
using app::Row;
using app::Table;
using app::Value;
using app::World;

namespace {

constexpr std::int32_t kMaxInt32 = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kMinRowBytes = 4;

enum class Part : std::uint8_t { kSame, kWritten };  // same as the base's

void write_table(ByteWriter& out, const Table& table, const Table& base) {
  out.put(table.next_id).put_count(table.rows.size());
  for (const auto& row : table.rows) {
    out.put(row->id);
    const Cow<Row>* former = base.find_shared(row->id);
    const bool same = former != nullptr && former->identity() == row.identity();
    out.put(same ? Part::kSame : Part::kWritten);
    if (same) continue;
    for (const Value& cell : row->cells) write_value(out, cell);
  }
}

Table read_table(ByteReader& in, const AppSet& apps, const app::TableSpec& spec,
                 const Table& base) {
  Table table;
  table.next_id = in.get_within<std::int32_t>(0, kMaxInt32, "next row id");
  const std::size_t count = in.get_count(kMinRowBytes);
  table.rows.reserve(count);
  std::int32_t lowest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Row row;
    row.id = in.get_within<std::int32_t>(lowest, table.next_id - 1, "row id");
    lowest = row.id + 1;
    if (in.get_enum(Part::kWritten, "row") == Part::kSame) {
      const Cow<Row>* former = base.find_shared(row.id);
      if (former == nullptr) in.fail("a row is the same as none");
      table.rows.push_back(*former);
      continue;
    }
    std::vector<Value> cells;
    cells.reserve(spec.columns.size());
    for (const app::ColumnSpec& column : spec.columns)
      cells.push_back(read_value(in, apps, column.type));
    row.cells = std::move(cells);
    table.rows.emplace_back(std::move(row));
  }
  return table;
}

void write_app(ByteWriter& out, const AppData& app, const AppData& base) {
  for (const Value& value : app.vars) write_value(out, value);
  for (std::size_t t = 0; t < app.tables.size(); ++t) {
    const bool same = base.tables[t].identity() == app.tables[t].identity();
    out.put(same ? Part::kSame : Part::kWritten);
    if (!same) write_table(out, *app.tables[t], *base.tables[t]);
  }
}

void read_app(ByteReader& in, const AppSet& apps, const AppSpec& spec, AppData& app) {
  for (std::size_t v = 0; v < spec.vars.size(); ++v)
    app.vars[v] = read_value(in, apps, spec.vars[v].type);
  for (std::size_t t = 0; t < spec.tables.size(); ++t)
    if (in.get_enum(Part::kWritten, "table") == Part::kWritten)
      app.tables[t].edit() = read_table(in, apps, spec.tables[t], *app.tables[t]);
}

}  // namespace

void write_ref(ByteWriter& out, Ref ref) {
  out.put(ref.app).put(ref.table).put(ref.row_id);
}

Ref read_ref(ByteReader& in, const AppSet& apps) {
  Ref ref;
  ref.app = in.get<std::int16_t>();
  ref.table = in.get<std::int16_t>();
  ref.row_id = in.get_within<std::int32_t>(-1, kMaxInt32, "row id");
  if (ref.row_id < 0) return {};
  const auto app = std::size_t(ref.app);
  if (ref.app < 0 || app >= apps.apps.size() || ref.table < 0 ||
      std::size_t(ref.table) >= apps.apps[app].tables.size()) {
    in.fail(fmt::format("there is no table {} of app {}", ref.table, ref.app));
  }
  return ref;
}

void write_value(ByteWriter& out, const Value& value) {
  out.put(value.tag());
  switch (value.tag()) {
    case Value::Tag::kNone:
      break;
    case Value::Tag::kNumber:
      out.put(value.as_int());
      break;
    case Value::Tag::kText:
      out.put_text(value.as_text());
      break;
    case Value::Tag::kRef:
      write_ref(out, value.as_ref());
      break;
  }
}

Value read_value(ByteReader& in, const AppSet& apps, app::Type type) {
  const auto tag = in.get_enum(Value::Tag::kRef, "value");
  if (tag == Value::Tag::kNone) return {};
  const Value::Tag fitting = type.kind == Kind::kNone   ? Value::Tag::kNone
                             : type.kind == Kind::kText ? Value::Tag::kText
                             : type.kind == Kind::kRef  ? Value::Tag::kRef
                                                        : Value::Tag::kNumber;
  if (tag != fitting) {
    in.fail(fmt::format("a value of another type than {}", app::kind_name(type.kind)));
  }
  if (tag == Value::Tag::kNumber) return Value::of_int(in.get<std::int64_t>());
  if (tag == Value::Tag::kText) return Value::of_text(in.get_text());
  const Ref ref = read_ref(in, apps);
  if (ref.valid() && (ref.app != type.app || ref.table != type.table)) {
    in.fail("a reference to a row of another table");
  }
  return Value::of_ref(ref);
}

void write_world(ByteWriter& out, const World& world, const World& base) {
  out.put(world.now_ms);
  for (std::size_t a = 0; a < world.apps.size(); ++a) {
    const bool same = base.apps[a].identity() == world.apps[a].identity();
    out.put(same ? Part::kSame : Part::kWritten);
    if (!same) write_app(out, *world.apps[a], *base.apps[a]);
  }
}

World read_world(ByteReader& in, const AppSet& apps, const World& base) {
  World world = base;
  world.now_ms = in.get_within<std::int64_t>(0, kMostMs, "now_ms");
  for (std::size_t a = 0; a < apps.apps.size(); ++a)
    if (in.get_enum(Part::kWritten, "app") == Part::kWritten)
      read_app(in, apps, apps.apps[a], world.apps[a].edit());
  return world;
}

}  // namespace paperphone::sim
