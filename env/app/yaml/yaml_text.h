// How a text is written in a YAML file: bare, in quotes, over several lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "env/app/yaml/yaml_reader.h"

namespace paperphone::app {

// In columns of a terminal: a Chinese character takes two.
int display_width(std::string_view text);

// Is this "12", "true", "08:30", "": something that is a text with quotes and may be
// something else without? Then its quotes, or that it has none, mean something.
bool quotes_matter(std::string_view text);

// '...' says that this is a text where an expression might stand: such quotes stay, and
// no others are made.
bool is_single_quoted(const YamlNode& scalar);

enum class Within { kBlock, kBrackets };  // in brackets fewer texts can stand bare

// On one line. Quotes only where they are needed or mean something.
std::string write_text(const YamlNode& scalar, Within within);

// Over lines of at most `first` and `rest` columns, in block context; each further line
// must be indented. Line breaks of the source stay if all lines fit; else the text is
// broken where least is torn apart: at commas, `and`, `or`, outside parentheses;
// Chinese behind its punctuation. A line is longer only where it cannot be broken.
std::vector<std::string> write_text_lines(const YamlNode& scalar, int first, int rest);

}  // namespace paperphone::app
