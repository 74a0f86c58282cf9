// The recursive-descent parser of expressions. Private to the expression files.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "env/app/expr/expr_lexer.h"
#include "env/app/expr/expr_parser.h"

namespace paperphone::app {

class ExprParser {
 public:
  ExprParser(std::string_view text, const Scope& scope)
      : tokens_(tokenize(text)), scope_(scope), apps_(*scope.apps) {}

  ExprNode whole(Type wanted = {});  // an expression, then the end
  ExprNode whole_place();  // likewise, but no text
  TableRef table_name();   // contact, messenger.contact
  TableRef whole_table();
  GoTo whole_go();
  GoTo whole_at();

 private:
  // What a name stands for before it is used: a value or a record.
  struct Named {
    ExprNode value;
    TableRef table;
    bool is_table = false;
  };

  const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  bool accept(std::string_view sign);
  void expect(std::string_view sign, std::string_view after);
  [[noreturn]] void fail(const Token& at, std::string message) const;
  std::string found(const Token& token) const;
  void end();

  ExprNode parse_or();
  ExprNode parse_and();
  ExprNode parse_not();
  ExprNode parse_comparison();
  ExprNode parse_sum();
  ExprNode parse_product();
  ExprNode parse_unary();
  ExprNode parse_postfix();
  ExprNode parse_primary();
  ExprNode parse_name();
  ExprNode field(ExprNode target);
  ExprNode boolean(ExprNode node, const Token& at, std::string_view what) const;

  std::optional<Named> local(const Token& name) const;     // row, args, now, ...
  std::optional<Named> member(int app, const Token& name) const;
  Named variable(int app, int var) const;
  // `name` and what follows it as the variable of a screen, "search.query".
  std::optional<Named> variable_of_screen(int app, const Token& name);
  void refuse_screen(const Token& name) const;
  Named resolve(const Token& name);
  std::vector<std::string> names_in_scope() const;
  bool begins_table() const;
  TableRef named_table();

  // expr_words.cc: words that stand for texts where one of a few is wanted
  ExprNode unknown_word(const Token& name, std::string message);
  ExprNode as_word(ExprNode node, std::size_t first, std::size_t last, Type wanted);
  ExprNode settled(ExprNode node, const Token& at, Type wanted);
  void settle_alike(std::vector<ExprNode>& nodes, std::size_t from, const Token& at);
  void refuse_unknown_words() const;
  template <class Parse>
  auto checked(Parse parse) -> decltype(parse());

  // expr_functions.cc
  ExprNode function(const Token& name);
  ExprNode text_function(const Token& name);
  ExprNode date_part(const Token& name);
  ExprNode aggregate(const Token& name);
  ExprNode pick(const Token& name);
  void pick_row(ExprNode& node);
  ExprNode generator(const Token& name);
  std::vector<ExprNode> arguments();
  int lexicon_name();
  std::string row_name();

  // expr_defines.cc
  bool is_defined(int app, const Token& name) const;
  ExprNode defined(int app, const Token& name);

  // expr_targets.cc
  GoTo any_go();
  void screen(GoTo& go, bool may_skip);

  // Names that mean nothing so far; they may turn out to be words.
  struct UnknownWord {
    std::size_t offset = 0;
    std::string message;
    bool settled = false;
  };
  std::vector<UnknownWord> unknown_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool wants_place_ = false;
  int depth_ = 0;
  Scope scope_;  // own copy: aggregates bind `it`
  const AppSet& apps_;
};

// An unknown name is the fault to speak of, whatever came of it.
template <class Parse>
auto ExprParser::checked(Parse parse) -> decltype(parse()) {
  try {
    auto made = parse();
    refuse_unknown_words();
    return made;
  } catch (const ExprError&) {
    refuse_unknown_words();
    throw;
  }
}

inline constexpr int kMaxExprDepth = 60;
}  // namespace paperphone::app
