#include "env/app/load/state/csv.h"

namespace paperphone::app {

std::vector<std::vector<CsvCell>> parse_csv(std::string_view text) {
  std::vector<std::vector<CsvCell>> rows;
  std::vector<CsvCell> row;
  int line = 1;
  std::size_t line_start = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    CsvCell cell{.line = line, .column = int(i - line_start) + 1};
    if (text[i] == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] == '"') {
          if (i + 1 >= text.size() || text[i + 1] != '"') break;
          ++i;  // "" stands for one quote
        }
        if (text[i] == '\n') {
          ++line;
          line_start = i + 1;
        }
        cell.text += text[i];
      }
      if (i < text.size()) ++i;
    }
    while (i < text.size() && text[i] != ',' && text[i] != '\n') cell.text += text[i++];
    if (!cell.text.empty() && cell.text.back() == '\r') cell.text.pop_back();
    row.push_back(std::move(cell));
    const bool ends_line = i >= text.size() || text[i] == '\n';
    const bool trailing_comma = i + 1 == text.size() && text[i] == ',';
    if (trailing_comma) row.push_back({.line = line});
    ++i;
    if (!ends_line && !trailing_comma) continue;
    if (row.size() > 1 || !row[0].text.empty()) rows.push_back(std::move(row));
    row.clear();
    ++line;
    line_start = i;
  }
  return rows;
}

}  // namespace paperphone::app
