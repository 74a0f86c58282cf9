#include "env/app/yaml/yaml_print.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/yaml/yaml_format.h"
#include "env/app/yaml/yaml_text.h"

namespace paperphone::app {
namespace {

// Brackets are for what is understood at a glance.
constexpr int kMaxMapHeight = 3;    // {add: {order: {product: p}}}
constexpr int kMaxListHeight = 2;   // [{id: a, label: b}]
constexpr int kMaxFilledLines = 3;  // of a map in brackets
constexpr int kShortPiece = 40;     // columns; longer ones get a line each
constexpr int kListIndent = 0;      // of the dashes below a key

bool has_comment(const std::vector<std::string>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const std::string& line) { return !line.empty(); });
}

bool is_collection(const CommentedNode& node) { return !node.entries.empty(); }

// A text 0, a list of texts 1, a map of such lists 2.
int height(const CommentedNode& node) {
  if (!is_collection(node)) return 0;
  int highest = 0;
  for (const CommentedEntry& entry : node.entries)
    highest = std::max(highest, height(entry.value));
  return 1 + highest;
}

// Small enough for brackets, and without comments inside.
bool suits_brackets(const CommentedNode& node) {
  if (height(node) > (node.node->is_map() ? kMaxMapHeight : kMaxListHeight) ||
      has_comment(node.below))
    return false;
  return std::all_of(node.entries.begin(), node.entries.end(), [](const auto& entry) {
    return !has_comment(entry.above) && entry.beside.empty() &&
           suits_brackets(entry.value);
  });
}

std::string key_text(const YamlNode& key, Within within) {
  return key.is_null() ? "null" : write_text(key, within);
}

std::string in_brackets(const CommentedNode& node);

std::vector<std::string> pieces_of(const CommentedNode& node) {
  std::vector<std::string> out;
  for (const CommentedEntry& entry : node.entries) {
    const std::string key =
        entry.key != nullptr ? key_text(*entry.key, Within::kBrackets) + ": " : "";
    out.push_back(key + in_brackets(entry.value));
  }
  return out;
}

// On one line, whatever its length.
std::string in_brackets(const CommentedNode& node) {
  if (node.node->is_scalar()) return write_text(*node.node, Within::kBrackets);
  if (node.node->is_null()) return "null";
  const auto pieces = pieces_of(node);
  return node.node->is_map() ? fmt::format("{{{}}}", fmt::join(pieces, ", "))
                             : fmt::format("[{}]", fmt::join(pieces, ", "));
}

std::string spaces(int count) { return std::string(std::size_t(count), ' '); }
bool fits(std::string_view line) { return display_width(line) <= kYamlColumns; }

// Brackets over several lines, as many pieces on each as fit; {}: a piece is too long.
std::vector<std::string> filled(std::string line, const CommentedNode& node, int indent,
                                int longest_piece) {
  const bool map = node.node->is_map();
  const auto pieces = pieces_of(node);
  std::vector<std::string> lines;
  line += map ? '{' : '[';
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (display_width(pieces[i]) > longest_piece) return {};
    const bool last = i + 1 == pieces.size();
    const std::string piece = pieces[i] + (!last ? "," : map ? "}" : "]");
    const std::string longer = line + (i == 0 ? "" : " ") + piece;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (i == 0 || !fits(spaces(indent) + piece)) return {};
    lines.push_back(std::move(line));
    line = spaces(indent) + piece;
  }
  lines.push_back(std::move(line));
  return lines;
}

// Where an entry is about to be printed.
struct Spot {
  std::string head;   // "  key:" or "  -": what stands before the value
  int indent = 0;     // of the block that the entry stands in
  int comments = 0;   // where a comment above it stands
  bool item = false;  // a list's, or the only key of one: "- button: ..."
};

std::vector<std::string> text_lines(const Spot& spot, const YamlNode& text,
                                    int indent) {
  const std::string line = spot.head + " " + write_text(text, Within::kBlock);
  if (fits(line)) return {line};
  auto lines = write_text_lines(text, kYamlColumns - display_width(spot.head) - 1,
                                kYamlColumns - indent);
  for (std::size_t i = 0; i < lines.size(); ++i)
    lines[i] = (i == 0 ? spot.head + " " : spaces(indent)) + lines[i];
  return lines;
}

// What stands at the top of a file is a block.
bool is_section(const Spot& spot, const CommentedEntry& entry) {
  return spot.indent == 0 && entry.key != nullptr && entry.value.node->is_map() &&
         height(entry.value) > 1;
}

// "- button: {...}": the kind stands before the brackets.
bool is_widget(const CommentedEntry& entry) {
  if (entry.key != nullptr || !entry.value.node->is_map()) return false;
  if (entry.value.entries.size() != 1) return false;
  const YamlNode& inside = *entry.value.entries[0].value.node;
  return inside.is_map() || inside.is_sequence();
}

// {}: better a block.
std::vector<std::string> bracket_lines(const Spot& spot, const CommentedEntry& entry,
                                       int indent) {
  const CommentedNode& value = entry.value;
  if (!suits_brackets(value) || is_section(spot, entry) || is_widget(entry)) return {};
  const std::string line = spot.head + " " + in_brackets(value);
  if (fits(line)) return {line};
  // Below a key only plain lists of words go on; items of lists are like sentences.
  const bool map = value.node->is_map();
  const bool sentence = map && spot.item;
  if (!sentence && height(value) > 1) return {};
  auto lines =
      filled(spot.head + " ", value, indent, sentence ? kYamlColumns : kShortPiece);
  return map && int(lines.size()) > kMaxFilledLines ? std::vector<std::string>()
                                                    : lines;
}

class Printer {
 public:
  std::string print(const CommentedNode& root) {
    if (is_collection(root)) {
      block(root, 0, "");
    } else {
      put(root.node->is_scalar() ? write_text(*root.node, Within::kBlock)
                                 : in_brackets(root));
    }
    comments(root.below, 0);
    return std::move(out_);
  }

 private:
  void put(std::string_view line) {
    out_ += line;
    out_ += '\n';
    at_start_ = false;
  }

  void comment(const std::string& text, int indent) {
    std::string line = spaces(indent) + text;
    const std::size_t first = std::size_t(indent) + 2;  // behind "# "
    while (!fits(line)) {
      std::size_t end = line.rfind(' ');
      while (end != line.npos && end > first && !fits(line.substr(0, end)))
        end = line.rfind(' ', end - 1);
      if (end == line.npos || end <= first) break;
      put(line.substr(0, end));
      line = spaces(indent) + "# " + line.substr(end + 1);
    }
    put(line);
  }

  // One blank line between entries, none before the first.
  void comments(const std::vector<std::string>& lines, int indent) {
    for (const std::string& line : lines) {
      if (!line.empty()) {
        comment(line, indent);
      } else if (!at_start_ && !out_.ends_with("\n\n")) {
        out_ += '\n';
      }
    }
  }

  // The comment ends the last line if there is room, else it stands above the first.
  void put_lines(std::vector<std::string> lines, const Spot& spot,
                 const std::string& beside) {
    if (!beside.empty()) {
      const std::string last = lines.back() + "  " + beside;
      if (fits(last)) {
        lines.back() = last;
      } else {
        comment(beside, spot.comments);
      }
    }
    for (const std::string& line : lines) put(line);
  }

  // `lead` is what stands on the first entry's line already: dashes.
  void block(const CommentedNode& node, int indent, std::string lead) {
    at_start_ = true;
    const bool only = !lead.empty() && node.entries.size() == 1;
    for (const CommentedEntry& entry : node.entries) {
      const int above = lead.empty() ? indent : int(lead.find('-'));
      comments(entry.above, above);
      const std::string start = lead.empty() ? spaces(indent) : lead;
      lead.clear();
      const std::string head =
          entry.key != nullptr ? key_text(*entry.key, Within::kBlock) + ":" : "-";
      put_value({.head = start + head,
                 .indent = indent,
                 .comments = above,
                 .item = entry.key == nullptr || only},
                entry);
    }
  }

  void put_value(const Spot& spot, const CommentedEntry& entry) {
    const CommentedNode& value = entry.value;
    const bool map = value.node->is_map();
    const int inner = spot.indent + (entry.key != nullptr ? 0 : 2);
    if (value.node->is_scalar()) {
      put_lines(text_lines(spot, *value.node, inner + 2), spot, entry.beside);
      return;
    }
    std::vector<std::string> lines = bracket_lines(spot, entry, inner + 2);
    if (!is_collection(value)) lines = {spot.head + " " + in_brackets(value)};
    if (!lines.empty()) {
      put_lines(std::move(lines), spot, entry.beside);
      return;
    }
    if (entry.key != nullptr) {
      put_lines({spot.head}, spot, entry.beside);
      block(value, inner + (map ? 2 : kListIndent), "");
    } else {
      if (!entry.beside.empty()) comment(entry.beside, spot.comments);
      block(value, inner, spot.head + " ");
    }
    // Behind a list further in than its dashes: else they would speak of the next key.
    comments(value.below, entry.key == nullptr && map ? inner : inner + 2);
  }

  std::string out_;
  bool at_start_ = true;  // of a block: no blank line here
};

}  // namespace

std::string print_yaml(const CommentedNode& root) { return Printer().print(root); }

}  // namespace paperphone::app
