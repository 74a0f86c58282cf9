// The expressions that make a new world's rows.
#include "env/app/load/state/generators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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
    find_own_columns(child, inside + (has_own_it(node) ? 1 : 0), out);
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

// What a variable is drawn from is there before any record is: of variables the phone's
// own, which are made first.
void check_drawn_variable(Loading& loading, int app, const ExprNode& node,
                          const SourcePos& pos) {
  const bool of_phone = node.op == Op::kVar && node.app == 0 && app != 0;
  if ((node.op == Op::kVar && !of_phone) || node.op == Op::kField || has_own_it(node)) {
    loading.findings.add(pos,
                         "a variable is drawn from words, numbers and the phone's "
                         "variables: others and records are not there yet");
    return;
  }
  for (const ExprNode& child : node.children)
    check_drawn_variable(loading, app, child, pos);
}

void load_drawn_variables(Loading& loading, int app) {
  AppSpec& target = loading.apps.apps[std::size_t(app)];
  Scope scope = app_scope(loading, app);
  scope.generating = true;
  for (std::size_t i = 0; i < target.vars.size(); ++i) {
    const auto& node = loading.drafts[std::size_t(app)].vars[i].value;
    if (!node || !is_drawn(*node)) continue;
    VarSpec& var = target.vars[i];
    // But the phone's own view is no app's: how full its battery is.
    if (var.is_view && !target.hidden) {
      loading.findings.add(node->pos(), "view state is not drawn: it says how things "
                                        "are looked at, not what they are");
      continue;
    }
    var.generate =
        compile_expr(loading, *node, scope, fmt::format("'{}'", var.name), var.type);
    if (!var.generate.empty())
      check_drawn_variable(loading, app, var.generate.root(), node->pos());
  }
}

// Without repetition there are as many rows as there are things to choose from.
void check_enough(Loading& loading, const TableSpec& table, const ColumnSpec& column,
                  const SourcePos& pos) {
  const ExprNode& from = column.generate.root();
  if (from.op != Op::kShuffled || !from.children.empty()) return;
  const std::size_t rows =
      std::size_t(table.generated_rows) + std::size_t(table.first_generated(column));
  std::string what;
  std::size_t there = 0;
  if (from.index >= 0) {
    const TableSpec& other =
        loading.apps.apps[std::size_t(from.app)].tables[std::size_t(from.index)];
    what = fmt::format("record '{}' has {} rows", other.name,
                       there = other.fixture_rows.size() + std::size_t(other.generated_rows));
  } else {
    const Lexicon& lexicon = loading.apps.lexicons[std::size_t(from.lexicon)];
    what = fmt::format("lexicon '{}' has {} entries", lexicon.name,
                       there = lexicon.entries.size());
  }
  if (there < rows)
    loading.findings.add(
        pos, fmt::format("{}, too few for {} rows without repetition", what, rows));
}

}  // namespace

bool is_drawn(const YamlNode& value) {
  constexpr std::array kDraws = {"pick(", "rand(", "digits(", "chance(", "shuffled("};
  return value.text.starts_with("phone.") ||
         std::any_of(kDraws.begin(), kDraws.end(), [&](const char* draw) {
           return value.text.find(draw) != std::string::npos;
         });
}

void load_generators(Loading& loading, int app) {
  load_drawn_variables(loading, app);
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
      if (!column.generate.empty()) check_enough(loading, table, column, node->pos());
    }
    for (std::size_t c = 0; c < declared.size(); ++c)
      if (declared[c].value)
        check_columns_read(loading, table, int(c), *declared[c].value);
  }
}

}  // namespace paperphone::app
