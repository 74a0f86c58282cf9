// Words without quotes: where a value is `one_of` a few, a bare word is that text. What
// is wanted is known only when both sides of a comparison have been read, so a name that
// means nothing is kept for a while as a text of no type.
#include <fmt/format.h>

#include "env/app/expr/expr_grammar.h"
#include "env/app/expr/expr_types.h"

namespace paperphone::app {
namespace {

constexpr int kUnknown = -2;  // Type::words of a name that means nothing so far

bool is_unknown(const ExprNode& node) { return node.type.words == kUnknown; }

}  // namespace

ExprNode ExprParser::unknown_word(const Token& name, std::string message) {
  ExprNode node{.op = Op::kConst, .type = {.kind = Kind::kText, .words = kUnknown}};
  node.value = Value::of_text(name.text);
  node.index = int(unknown_.size());
  unknown_.push_back({.offset = name.offset, .message = std::move(message)});
  return node;
}

void ExprParser::refuse_unknown_words() const {
  for (const UnknownWord& word : unknown_)
    if (!word.settled) throw ExprError{word.offset, word.message};
}

// The value of the tokens [first, last), where `wanted` is one of a few words.
ExprNode ExprParser::as_word(ExprNode node, std::size_t first, std::size_t last,
                             Type wanted) {
  if (wanted.words < 0) return node;
  const Token& at = tokens_[first];
  const bool bare = last - first == 1 && at.kind == Token::Kind::kName;
  if (bare && !is_unknown(node) && has_word(wanted, at.text, apps_)) {
    if (node.type.kind == Kind::kText)
      fail(at, fmt::format("'{0}' is a name here and one of the words too; as a word "
                           "write `'{0}'`, else call one of them something else",
                           at.text));
    node = {.op = Op::kConst, .type = wanted, .value = Value::of_text(at.text)};
  }
  return settled(std::move(node), at, wanted);
}

// Constants in it become words of the type; others are a fault.
ExprNode ExprParser::settled(ExprNode node, const Token& at, Type wanted) {
  if (node.type.kind != Kind::kText || node.type == wanted) return node;
  if (node.op == Op::kConst) {
    std::size_t offset = at.offset;
    std::vector<std::string> names;
    if (is_unknown(node)) {
      UnknownWord& word = unknown_[std::size_t(std::exchange(node.index, -1))];
      word.settled = true;
      offset = word.offset;
      names = names_in_scope();
    }
    const std::string_view text = node.value.as_text();
    if (!has_word(wanted, text, apps_))
      throw ExprError{offset, not_one_of(text, wanted, apps_, names)};
    node.type = wanted;
    return node;
  }
  const bool chooses = node.op == Op::kIf || (node.op == Op::kPick && node.lexicon < 0);
  if (!chooses) return node;
  bool all = true;
  for (std::size_t i = node.op == Op::kIf ? 1 : 0; i < node.children.size(); ++i) {
    node.children[i] = settled(std::move(node.children[i]), at, wanted);
    all = all && fits(node.children[i].type, wanted);
  }
  if (all) node.type = wanted;
  return node;
}

// Of several values of which one is taken: unknown words become what the others are.
void ExprParser::settle_alike(std::vector<ExprNode>& nodes, std::size_t from,
                              const Token& at) {
  Type wanted;
  for (std::size_t i = from; i < nodes.size(); ++i)
    if (nodes[i].type.words >= 0) wanted = nodes[i].type;
  if (wanted.words < 0) return;
  for (std::size_t i = from; i < nodes.size(); ++i)
    if (is_unknown(nodes[i])) nodes[i] = settled(std::move(nodes[i]), at, wanted);
}

}  // namespace paperphone::app
