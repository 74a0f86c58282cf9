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

  ExprNode whole();       // an expression, then the end
  TableRef table_name(); // contact, messenger.contact
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
  Named resolve(const Token& name);
  std::vector<std::string> names_in_scope() const;
  bool begins_table() const;
  TableRef named_table();

  // expr_functions.cc
  ExprNode function(const Token& name);
  ExprNode text_function(const Token& name);
  ExprNode date_part(const Token& name);
  ExprNode aggregate(const Token& name);
  ExprNode pick(const Token& name);
  ExprNode generator(const Token& name);
  std::vector<ExprNode> arguments();
  int lexicon_name();
  std::string row_name();

  // expr_defines.cc
  bool is_defined(int app, const Token& name) const;
  ExprNode defined(int app, const Token& name);

  // expr_targets.cc
  void screen(GoTo& go, bool may_skip);

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Scope scope_;  // own copy: aggregates bind `it`
  const AppSet& apps_;
};

inline constexpr int kMaxExprDepth = 60;
}  // namespace paperphone::app
