// Texts with holes that must give one of a few words: kinds of pictures, icons,
// colours.
#include "env/app/load/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "env/app/load/compile.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

constexpr int kMaxColumns = 8;  // read one from another

// The texts that an expression can give, as far as it shows; false: it may give others.
// columns: how many it has been followed through.
bool find_texts(const ExprNode& node, const AppSet& apps, std::set<std::string>& out,
                int columns = 0) {
  if (node.type.words >= 0 && node.op != Op::kConst) {
    const auto& words = apps.word_sets[std::size_t(node.type.words)];
    out.insert(words.begin(), words.end());
    return true;
  }
  switch (node.op) {
    case Op::kConst:
      if (node.type.kind == Kind::kText) out.emplace(node.value.as_text());
      return true;
    case Op::kIf:
      return find_texts(node.children[1], apps, out, columns) &&
             find_texts(node.children[2], apps, out, columns);
    case Op::kPick:
      if (node.lexicon >= 0) {
        const auto& entries = apps.lexicons[std::size_t(node.lexicon)].entries;
        out.insert(entries.begin(), entries.end());
        return true;
      }
      return std::all_of(
          node.children.begin(), node.children.end(),
          [&](const ExprNode& child) { return find_texts(child, apps, out, columns); });
    case Op::kField: {
      const Type of = node.children[0].type;
      const TableSpec& table =
          apps.apps[std::size_t(of.app)].tables[std::size_t(of.table)];
      const ColumnSpec& column = table.columns[std::size_t(node.index)];
      if (column.in_file)
        for (const auto& row : table.fixture_rows)
          out.emplace(row[std::size_t(node.index)].as_text());
      if (column.generate.empty()) return true;
      return columns < kMaxColumns &&
             find_texts(column.generate.root(), apps, out, columns + 1);
    }
    default:
      return false;
  }
}

// The texts that the whole can give, if it is a constant or one hole.
std::set<std::string> texts_of(const Template& text, const AppSet& apps) {
  std::set<std::string> out;
  if (text.pieces().size() != 1) return out;
  const TemplatePiece& piece = text.pieces()[0];
  if (piece.expr.empty()) {
    out.insert(piece.literal);
  } else {
    find_texts(piece.expr.root(), apps, out);
  }
  return out;
}

bool is_color(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

}  // namespace

bool has_holes(const YamlNode& node) {
  return node.is_scalar() && node.text.find('{') != std::string::npos;
}

Template compile_choice(Loading& loading, const YamlNode& node, const Scope& scope,
                        std::string_view what, Choice choice,
                        std::string_view allowed) {
  Template text = compile_template(loading, node, scope, what);
  std::vector<std::string> known;
  if (choice == Choice::kWord) {
    std::istringstream words{std::string(allowed)};
    for (std::string word; words >> word;) known.push_back(word);
  } else if (choice == Choice::kIcon && loading.icons) {
    known.assign(loading.icons->begin(), loading.icons->end());
  }
  for (const std::string& given : texts_of(text, loading.apps)) {
    if (given.empty()) continue;  // none: the default
    if (choice == Choice::kColor
            ? is_color(given)
            : known.empty() ||
                  std::find(known.begin(), known.end(), given) != known.end())
      continue;
    loading.findings.add(
        node.pos(),
        choice == Choice::kColor
            ? fmt::format("{} can become '{}', which is no colour like #2F7CF6", what,
                          given)
        : choice == Choice::kIcon
            ? fmt::format("{} can become '{}', which is no icon{}", what, given,
                          did_you_mean(given, known))
            : fmt::format("{} can become '{}', which is none of: {}{}", what, given,
                          allowed, did_you_mean(given, known)));
  }
  return text;
}

}  // namespace paperphone::app
