// What generators read. Rows of other records are made first; so none may read, over
// however many others, itself.
#include "env/app/load/state/table_circles.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/load/loading.h"

namespace paperphone::app {
namespace {

using Table = std::pair<int, int>;  // app, table

struct TableReads {
  std::set<Table> rows;   // counted, picked, searched: all of its rows must be there
  std::set<Table> cells;  // of rows that are referred to
};

void find_reads(const ExprNode& node, TableReads& out) {
  if (has_own_it(node)) out.rows.insert({node.app, node.index});
  // `x.column`, and a reference as a text.
  if (node.op == Op::kField || node.op == Op::kText)
    if (const Type of = node.children[0].type; of.kind == Kind::kRef)
      out.cells.insert({of.app, of.table});
  for (const ExprNode& child : node.children) find_reads(child, out);
}

// Whether all that a generator of this column reads of its own record are cells to the
// left in its row, or such as are not generated.
bool reads_leftwards(const ExprNode& node, Table table, const TableSpec& spec,
                     int column) {
  if (node.op == Op::kField || node.op == Op::kText) {
    const ExprNode& from = node.children[0];
    const bool own = from.type.kind == Kind::kRef && from.type.app == table.first &&
                     from.type.table == table.second;
    if (own) {
      if (from.op != Op::kRow && from.op != Op::kIt) return false;
      const int read = node.op == Op::kField ? node.index : spec.display_column;
      if (read >= column && !spec.columns[std::size_t(read)].generate.empty())
        return false;
    }
  }
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const ExprNode& child) {
                       return reads_leftwards(child, table, spec, column);
                     });
}

bool cells_on_demand(Table table, const TableSpec& spec) {
  if (spec.columns.size() > Cells::kMostOnDemand) return false;
  for (std::size_t c = 0; c < spec.columns.size(); ++c) {
    const Expr& generate = spec.columns[c].generate;
    if (!generate.empty() && !reads_leftwards(generate.root(), table, spec, int(c)))
      return false;
  }
  return true;
}

class CircleFinder {
 public:
  explicit CircleFinder(Loading& loading) : loading_(loading) {}

  void follow(Table table) {
    if (done_.contains(table)) return;
    const auto begun = std::find(way_.begin(), way_.end(), table);
    if (begun != way_.end()) {
      report({begun, way_.end()});
      return;
    }
    way_.push_back(table);
    const TableSpec& spec = spec_of(table);
    TableReads reads;
    for (const ColumnSpec& column : spec.columns) {
      if (column.generate.empty()) continue;
      TableReads own;
      find_reads(column.generate.root(), own);
      for (const Table& other : own.rows)
        if (other != table && is_empty(other)) report_empty(column, table, other);
      reads.rows.merge(own.rows);
      reads.cells.merge(own.cells);
    }
    // A row may read cells of earlier rows of its own record, but not go through them.
    reads.cells.erase(table);
    reads.rows.merge(reads.cells);
    for (const Table& other : reads.rows) follow(other);
    way_.pop_back();
    done_.insert(table);
  }

 private:
  const TableSpec& spec_of(Table table) const {
    return loading_.apps.apps[std::size_t(table.first)]
        .tables[std::size_t(table.second)];
  }

  // As an app says it of its own records and of others'.
  std::string name_in(int app, Table table) const {
    const std::string& in = loading_.apps.apps[std::size_t(table.first)].id;
    return (table.first == app ? "" : in + ".") + spec_of(table).name;
  }

  bool is_empty(Table table) const {
    return spec_of(table).generated_rows == 0 && spec_of(table).fixture_rows.empty();
  }

  void report_empty(const ColumnSpec& column, Table table, Table other) {
    loading_.findings.add(
        column.pos, fmt::format("column '{}' looks for rows of '{}', which has none "
                                "while worlds are made: neither `file` nor `rows`",
                                column.name, name_in(table.first, other)));
  }

  void report(const std::vector<Table>& circle) {
    const int app = circle.front().first;
    const auto name = [&](Table table) { return name_in(app, table); };
    const std::string first = name(circle.front());
    if (circle.size() == 1) {
      loading_.findings.add(
          spec_of(circle.front()).pos,
          fmt::format("record '{}' is made from its own rows; a generator "
                      "reads only other records",
                      first));
      return;
    }
    std::string round;
    for (const Table& table : circle) round += name(table) + " -> ";
    loading_.findings.add(
        spec_of(circle.front()).pos,
        fmt::format("records are made from each other: {}{}; one of them "
                    "must do without",
                    round, first));
  }

  Loading& loading_;
  std::set<Table> done_;
  std::vector<Table> way_;  // tables begun, each read by the one before it
};

}  // namespace

void find_table_circles(Loading& loading) {
  CircleFinder finder(loading);
  auto& apps = loading.apps.apps;
  for (std::size_t a = 0; a < apps.size(); ++a) {
    for (std::size_t t = 0; t < apps[a].tables.size(); ++t) {
      const std::pair table{int(a), int(t)};
      finder.follow(table);
      TableSpec& spec = apps[a].tables[t];
      spec.cells_on_demand = cells_on_demand(table, spec);
    }
  }
}

}  // namespace paperphone::app
