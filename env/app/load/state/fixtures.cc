// Rows that every world has, and what variables begin with.
#include "env/app/load/state/fixtures.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/expr/literals.h"
#include "env/app/load/state/csv.h"
#include "env/app/load/state/generators.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

// A cell or default; a finding if the text is no value of its type.
Literal read_literal(Loading& loading, std::string_view text, Type type,
                     const SourcePos& pos) {
  std::string error;
  if (auto literal = parse_literal(text, type, loading.apps, &error)) return *literal;
  loading.findings.add(pos, error);
  return {};
}

}  // namespace

void load_fixtures(Loading& loading, int app) {
  AppDraft& files = loading.drafts[std::size_t(app)];
  for (std::size_t t = 0; t < files.tables.size(); ++t) {
    if (files.tables[t].file == nullptr) continue;
    const auto name = read_text(*files.tables[t].file, "'file'", loading.findings);
    if (!name) continue;
    const auto found = files.fixtures.find(*name);
    if (found == files.fixtures.end()) {
      std::vector<std::string> known;
      for (const auto& [file, text] : files.fixtures) known.push_back(file);
      loading.findings.add(files.tables[t].file->pos(),
                           fmt::format("no file '{}' in the app's folder{}", *name,
                                       did_you_mean(*name, known)));
      continue;
    }
    const std::string shown = files.folder + "/" + *name;
    const auto rows = parse_csv(found->second);
    if (rows.empty()) {
      loading.findings.add({shown, 1, 1}, "the file has no header line");
      continue;
    }
    TableSpec& table = loading.apps.apps[std::size_t(app)].tables[t];
    std::vector<int> columns;
    for (const CsvCell& cell : rows[0]) {
      const int column = table.column(cell.text);
      columns.push_back(column);
      if (column >= 0) {
        table.columns[std::size_t(column)].in_file = true;
        continue;
      }
      std::vector<std::string> known;
      for (const ColumnSpec& c : table.columns) known.push_back(c.name);
      loading.findings.add({shown, cell.line, cell.column},
                           fmt::format("record '{}' has no column '{}'{}", table.name,
                                       cell.text, did_you_mean(cell.text, known)));
    }
    for (std::size_t r = 1; r < rows.size(); ++r) {
      std::vector<Value> cells;
      for (const ColumnSpec& column : table.columns)
        cells.push_back(default_value(column.type, loading.apps));
      if (rows[r].size() != columns.size())
        loading.findings.add({shown, rows[r][0].line, 1},
                             fmt::format("the line has {} of the header's {} cells",
                                         rows[r].size(), columns.size()));
      for (std::size_t c = 0; c < std::min(columns.size(), rows[r].size()); ++c) {
        if (columns[c] < 0) continue;
        const Type type = table.columns[std::size_t(columns[c])].type;
        const CsvCell& cell = rows[r][c];
        const SourcePos pos{shown, cell.line, cell.column};
        loading.texts.emplace_back(pos, cell.text);
        if (type.kind == Kind::kRef) continue;  // when all fixtures are there
        const Literal literal = read_literal(loading, cell.text, type, pos);
        cells[std::size_t(columns[c])] = literal.value;
        if (literal.relative) table.relative_cells.emplace_back(int(r) - 1, columns[c]);
      }
      table.fixture_rows.push_back(std::move(cells));
    }
  }
}

void load_defaults(Loading& loading, int app) {
  AppDraft& files = loading.drafts[std::size_t(app)];
  AppSpec& target = loading.apps.apps[std::size_t(app)];
  for (std::size_t i = 0; i < target.vars.size(); ++i) {
    VarSpec& var = target.vars[i];
    var.initial = default_value(var.type, loading.apps);
    const auto& node = files.vars[i].value;
    if (!node || var.type.kind == Kind::kNone) continue;
    if (!read_text(*node, "'default'", loading.findings)) continue;
    if (is_drawn(*node)) continue;
    const Literal literal = read_literal(loading, node->text, var.type, node->pos());
    var.initial = literal.value;
    var.relative = literal.relative;
  }
  // References between fixtures, now that every row is there.
  for (std::size_t t = 0; t < files.tables.size(); ++t) {
    TableSpec& table = target.tables[t];
    if (files.tables[t].file == nullptr || table.fixture_rows.empty()) continue;
    const std::string& name = files.tables[t].file->text;
    const auto rows = parse_csv(files.fixtures[name]);
    for (std::size_t c = 0; c < rows[0].size(); ++c) {
      const int column = table.column(rows[0][c].text);
      if (column < 0) continue;
      const Type type = table.columns[std::size_t(column)].type;
      if (type.kind != Kind::kRef) continue;
      for (std::size_t r = 1; r < rows.size(); ++r) {
        if (c >= rows[r].size()) continue;
        const CsvCell& cell = rows[r][c];
        table.fixture_rows[r - 1][std::size_t(column)] =
            read_literal(loading, cell.text, type,
                         {files.folder + "/" + name, cell.line, cell.column})
                .value;
      }
    }
  }
}

}  // namespace paperphone::app
