// The expressions that make a new world's rows.
#include "env/app/load/state/generators.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "env/app/load/compile.h"

namespace paperphone::app {
namespace {

// Columns of the row being made that an expression reads, by way of `it` or `row`.
void find_own_columns(const ExprNode& node, int inside, std::set<int>& out) {
  if (node.op == Op::kField) {
    const ExprNode& of = node.children[0];
    if (of.op == Op::kRow || (of.op == Op::kIt && of.index == inside))
      out.insert(node.index);
  }
  for (const ExprNode& child : node.children)
    find_own_columns(child, inside + (is_aggregate(node.op) ? 1 : 0), out);
}

// A row is made from left to right: what stands to the right is none so far.
void check_columns_read(Loading& loading, const TableSpec& table, int index,
                        const YamlNode& node) {
  const ColumnSpec& column = table.columns[std::size_t(index)];
  if (column.generate.empty()) return;
  std::set<int> read;
  find_own_columns(column.generate.root(), 0, read);
  for (const int other : read) {
    const ColumnSpec& later = table.columns[std::size_t(other)];
    const bool there = later.in_file && table.generated_rows == 0;
    if (other < index || later.generate.empty() || there) continue;
    loading.findings.add(
        node.pos(),
        other == index
            ? fmt::format("column '{}' reads itself, which is none while it is made",
                          column.name)
            : fmt::format(
                  "column '{}' reads '{}', which is made after it; move '{}' above "
                  "'{}' in `columns`",
                  column.name, later.name, later.name, column.name));
  }
}

}  // namespace

void load_generators(Loading& loading, int app) {
  AppDraft& files = loading.drafts[std::size_t(app)];
  AppSpec& target = loading.apps.apps[std::size_t(app)];
  for (std::size_t t = 0; t < files.tables.size(); ++t) {
    TableSpec& table = target.tables[t];
    const auto& declared = files.tables[t].columns;
    const bool generated =
        std::any_of(declared.begin(), declared.end(),
                    [](const Declaration& column) { return column.value.has_value(); });
    if (table.generated_rows > 0 && !generated)
      loading.findings.add(
          table.pos, fmt::format("record '{}' has `rows` but no column says how it is "
                                 "made: `name: text = pick(lexicon.x)`",
                                 table.name));
    Scope scope = app_scope(loading, app);
    scope.generating = true;
    scope.it = Type{.kind = Kind::kRef, .app = app, .table = int(t)};
    scope.row = scope.it;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      ColumnSpec& column = table.columns[c];
      const auto& node = declared[c].value;
      if (!node) continue;
      column.generate = compile_expr(loading, *node, scope,
                                     fmt::format("'{}'", column.name), column.type);
      if (column.generate.empty() || column.generate.root().op != Op::kShuffled)
        continue;
      const Lexicon& lexicon =
          loading.apps.lexicons[std::size_t(column.generate.root().lexicon)];
      const std::size_t rows = std::size_t(table.generated_rows) +
                               std::size_t(table.first_generated(column));
      if (lexicon.entries.size() < rows)
        loading.findings.add(node->pos(),
                             fmt::format("lexicon '{}' has {} entries, too few for {} "
                                         "rows without repetition",
                                         lexicon.name, lexicon.entries.size(), rows));
    }
    for (std::size_t c = 0; c < declared.size(); ++c)
      if (declared[c].value)
        check_columns_read(loading, table, int(c), *declared[c].value);
  }
}

}  // namespace paperphone::app
