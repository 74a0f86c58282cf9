// Comma-separated fixtures: one header line, one row a line, RFC 4180 quotes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paperphone::app {

struct CsvCell {
  std::string text;
  int line = 1;
  int column = 1;  // in bytes
};
// Empty lines are passed over. An open quote runs to the end of the text.
std::vector<std::vector<CsvCell>> parse_csv(std::string_view text);

}  // namespace paperphone::app
