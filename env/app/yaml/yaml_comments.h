// A parsed YAML file with its comments and blank lines, each beside what it speaks of.
// The parser drops them; they are found again in the source.
#pragma once

#include <string>
#include <vector>

#include "env/app/yaml/yaml_reader.h"

namespace paperphone::app {

struct CommentedEntry;

struct CommentedNode {
  const YamlNode* node = nullptr;       // outlives this
  std::vector<CommentedEntry> entries;  // of a map or a list
  std::vector<std::string> below;       // behind the last entry, as `above`
};

struct CommentedEntry {
  const YamlNode* key = nullptr;  // nullptr: an item of a list
  CommentedNode value;
  std::vector<std::string> above;  // "# ..." each on its line; "": a blank line
  std::string beside;              // "# ..." at the end of the line; "": none
};

// A comment at the end of a line belongs to the last entry that began on it, one on a
// line of its own to the next entry, or to the end of the block it is indented as.
// Every comment of the source is in the result exactly once.
// Throws ConfigError if a block text gives its indentation as a number.
CommentedNode attach_comments(const YamlFile& file);

// All comments of the source in their order, without blank lines.
std::vector<std::string> comments_of(const YamlFile& file);

}  // namespace paperphone::app
