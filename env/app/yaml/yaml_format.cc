#include "env/app/yaml/yaml_format.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "env/app/yaml/yaml_comments.h"
#include "env/app/yaml/yaml_print.h"
#include "env/app/yaml/yaml_reader.h"
#include "env/app/yaml/yaml_text.h"
#include "env/base/error.h"

namespace paperphone::app {
namespace {

YamlFile parse(const std::string& name, std::string text) {
  Findings findings;
  auto file = parse_yaml(name, std::move(text), findings);
  const auto all = findings.sorted();
  if (!all.empty()) throw ConfigError(all[0].str());
  return std::move(*file);
}

// Where the two differ in what the loader reads; nullptr: nowhere.
const YamlNode* first_difference(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
      a.entries.size() != b.entries.size() ||
      (a.quoted != b.quoted && quotes_matter(a.text)) ||
      is_single_quoted(a) != is_single_quoted(b))
    return &a;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (const YamlNode* found = first_difference(a.items[i], b.items[i])) return found;
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    const auto& [a_key, a_value] = a.entries[i];
    const auto& [b_key, b_value] = b.entries[i];
    if (const YamlNode* found = first_difference(a_key, b_key)) return found;
    if (const YamlNode* found = first_difference(a_value, b_value)) return found;
  }
  return nullptr;
}

// The words of all comments, sorted: long comments may be wrapped, and one behind a
// closing bracket stands behind the key once the brackets are a block.
std::vector<std::string> comment_words(const YamlFile& file) {
  std::vector<std::string> words;
  for (const std::string& comment : comments_of(file)) {
    std::istringstream in(comment.substr(1));
    for (std::string word; in >> word;) words.push_back(std::move(word));
  }
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace

std::string format_yaml(const std::string& name, std::string_view text) {
  const YamlFile before = parse(name, std::string(text));
  std::string out = print_yaml(attach_comments(before));
  YamlFile after = parse(name + " (formatted)", out);
  // A comment that has found no room on its line stands above it now, where it may
  // speak of more than before and leave room for brackets.
  constexpr int kMaxRounds = 5;
  for (int round = 0; round < kMaxRounds; ++round) {
    std::string again = print_yaml(attach_comments(after));
    if (again == out) break;
    out = std::move(again);
    after = parse(name + " (formatted)", out);
  }
  if (const YamlNode* node = first_difference(before.root, after.root))
    throw ConfigError(node->pos().str() +
                      ": formatting would change what is read here; the file stays");
  if (comment_words(before) != comment_words(after))
    throw ConfigError(name + ": formatting would lose a comment; the file stays");
  return out;
}

}  // namespace paperphone::app
