#include "env/app/expr/expr_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/app/expr/expr_grammar.h"
#include "env/app/expr/expr_types.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

constexpr std::array<std::string_view, 17> kReserved = {
    "and", "or", "not", "true", "false", "none", "row", "it", "new", "now", "today",
    "lexicon", "phone", "back", "replace", "reset", "seq"};

ExprNode constant(Value value, Kind kind) {
  return ExprNode{.op = Op::kConst, .type = type_of(kind), .value = std::move(value)};
}

std::string not_a_value(std::string_view record) {
  return fmt::format("record '{0}' is not a value here; take its rows with count({0}, "
                     "...), first({0}, ...) and the like",
                     record);
}

ExprNode leaf(Op op, Type type, int app = -1, int index = -1) {
  return ExprNode{.op = op, .type = type, .app = app, .index = index};
}

}  // namespace

bool is_reserved_word(std::string_view name) {
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

// ---- tokens --------------------------------------------------------------------

const Token& ExprParser::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}
const Token& ExprParser::take() {
  const Token& token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}
bool ExprParser::accept(std::string_view sign) {
  if (!peek().is(sign)) return false;
  take();
  return true;
}
void ExprParser::expect(std::string_view sign, std::string_view after) {
  if (!accept(sign))
    fail(peek(), fmt::format("expected '{}' after {}, found {}", sign, after,
                             found(peek())));
}
void ExprParser::fail(const Token& at, std::string message) const {
  throw ExprError{at.offset, std::move(message)};
}
std::string ExprParser::found(const Token& token) const {
  switch (token.kind) {
    case Token::Kind::kEnd: return "the end";
    case Token::Kind::kInt: case Token::Kind::kMoney: return "a number";
    case Token::Kind::kText: return fmt::format("the text '{}'", token.text);
    default: return fmt::format("'{}'", token.text);
  }
}
void ExprParser::end() {
  if (peek().kind == Token::Kind::kEnd) return;
  const bool assigns = peek().is("=");
  fail(peek(), fmt::format("did not expect {} here{}", found(peek()),
                           assigns ? "; write == to compare" : ""));
}

// ---- operators, loosest first ----------------------------------------------------

ExprNode ExprParser::whole(Type wanted) {
  return checked([&] {
    const std::size_t first = at_;
    ExprNode node = parse_or();
    end();
    return as_word(std::move(node), first, at_, wanted);
  });
}

ExprNode ExprParser::whole_place() {
  wants_place_ = true;
  return whole();
}

ExprNode ExprParser::boolean(ExprNode node, const Token& at, std::string_view what) const {
  if (!fits(node.type, type_of(Kind::kBool)))
    fail(at, fmt::format("{} needs a bool, this is {}", what,
                         type_name(node.type, apps_)));
  return node;
}

ExprNode ExprParser::parse_or() {
  if (++depth_ > kMaxExprDepth) fail(peek(), "nested too deeply");
  const Token first = peek();
  ExprNode left = parse_and();
  while (peek().is("or")) {
    take();
    const Token second = peek();
    ExprNode node = leaf(Op::kOr, type_of(Kind::kBool));
    node.children.push_back(boolean(std::move(left), first, "'or'"));
    node.children.push_back(boolean(parse_and(), second, "'or'"));
    left = std::move(node);
  }
  --depth_;
  return left;
}

ExprNode ExprParser::parse_and() {
  const Token first = peek();
  ExprNode left = parse_not();
  while (peek().is("and")) {
    take();
    const Token second = peek();
    ExprNode node = leaf(Op::kAnd, type_of(Kind::kBool));
    node.children.push_back(boolean(std::move(left), first, "'and'"));
    node.children.push_back(boolean(parse_not(), second, "'and'"));
    left = std::move(node);
  }
  return left;
}

ExprNode ExprParser::parse_not() {
  bool negated = false;
  bool any = false;
  while (accept("not")) {
    negated = !negated;
    any = true;
  }
  if (!any) return parse_comparison();
  const Token at = peek();
  ExprNode inner = boolean(parse_comparison(), at, "'not'");
  if (!negated) return inner;
  ExprNode node = leaf(Op::kNot, type_of(Kind::kBool));
  node.children.push_back(std::move(inner));
  return node;
}

ExprNode ExprParser::parse_comparison() {
  const std::size_t first = at_;
  ExprNode left = parse_sum();
  struct Sign {
    std::string_view text;
    Op op;
  };
  constexpr std::array<Sign, 6> kSigns = {{{"==", Op::kEq}, {"!=", Op::kNe},
                                           {"<", Op::kLt}, {"<=", Op::kLe},
                                           {">", Op::kGt}, {">=", Op::kGe}}};
  const auto sign = std::find_if(kSigns.begin(), kSigns.end(),
                                 [&](const Sign& s) { return peek().is(s.text); });
  if (sign == kSigns.end()) return left;
  const Token at = take();
  const std::size_t second = at_;
  ExprNode right = parse_sum();
  left = as_word(std::move(left), first, second - 1, right.type);
  right = as_word(std::move(right), second, at_, left.type);
  return make_comparison(sign->op, std::move(left), std::move(right), at.offset, apps_);
}

ExprNode ExprParser::parse_sum() {
  ExprNode left = parse_product();
  while (peek().is("+") || peek().is("-")) {
    const Token sign = take();
    ExprNode right = parse_product();
    left = make_arithmetic(sign.text, std::move(left), std::move(right), sign.offset,
                           apps_);
  }
  return left;
}

ExprNode ExprParser::parse_product() {
  ExprNode left = parse_unary();
  while (peek().is("*") || peek().is("/") || peek().is("%")) {
    const Token sign = take();
    ExprNode right = parse_unary();
    left = make_arithmetic(sign.text, std::move(left), std::move(right), sign.offset,
                           apps_);
  }
  return left;
}

ExprNode ExprParser::parse_unary() {
  if (!peek().is("-")) return parse_postfix();
  if (++depth_ > kMaxExprDepth) fail(peek(), "nested too deeply");
  const Token sign = take();
  ExprNode inner = parse_unary();
  --depth_;
  const Kind kind = inner.type.kind;
  if (kind != Kind::kInt && kind != Kind::kMoney)
    fail(sign, fmt::format("- needs an int or money, this is {}",
                           type_name(inner.type, apps_)));
  if (inner.op == Op::kConst) return constant(Value::of_int(-inner.value.as_int()), kind);
  ExprNode node = leaf(Op::kNeg, inner.type);
  node.children.push_back(std::move(inner));
  return node;
}

ExprNode ExprParser::parse_postfix() {
  ExprNode node = parse_primary();
  while (accept(".")) node = field(std::move(node));
  return node;
}

ExprNode ExprParser::field(ExprNode target) {
  const Token name = take();
  if (name.kind != Token::Kind::kName)
    fail(name, fmt::format("expected a column after '.', found {}", found(name)));
  if (target.type.kind != Kind::kRef)
    fail(name, fmt::format("{} has no columns, so no '.{}'",
                           type_name(target.type, apps_), name.text));
  const TableSpec& table = apps_.apps[std::size_t(target.type.app)]
                               .tables[std::size_t(target.type.table)];
  const int column = table.column(name.text);
  if (column < 0) {
    std::vector<std::string> names;
    for (const ColumnSpec& c : table.columns) names.push_back(c.name);
    fail(name, fmt::format("record '{}' has no column '{}'{}", table.name, name.text,
                           did_you_mean(name.text, names)));
  }
  if (scope_.used != nullptr)
    scope_.used->columns.insert({target.type.app, target.type.table, column});
  ExprNode node =
      leaf(Op::kField, table.columns[std::size_t(column)].type, -1, column);
  node.children.push_back(std::move(target));
  return node;
}

ExprNode ExprParser::parse_primary() {
  const Token token = peek();
  switch (token.kind) {
    case Token::Kind::kInt: take(); return constant(Value::of_int(token.number), Kind::kInt);
    case Token::Kind::kMoney:
      take();
      return constant(Value::of_int(token.number), Kind::kMoney);
    case Token::Kind::kText:
      take();
      return constant(Value::of_text(token.text), Kind::kText);
    case Token::Kind::kName: return parse_name();
    default: break;
  }
  if (accept("(")) {
    ExprNode node = parse_or();
    expect(")", "the expression in parentheses");
    return node;
  }
  fail(token, fmt::format("expected a value, found {}", found(token)));
}

// ---- names ---------------------------------------------------------------------

ExprNode ExprParser::parse_name() {
  const Token name = take();
  if (name.text == "true" || name.text == "false")
    return constant(Value::of_bool(name.text == "true"), Kind::kBool);
  if (name.text == "none") return constant(Value(), Kind::kNone);
  if (is_defined(scope_.app, name) && !local(name)) return defined(scope_.app, name);
  if (peek().is("(")) return function(name);
  if (name.text == "seq") return generator(name);
  if (peek().is(".") || is_reserved_word(name.text)) {
    Named named = resolve(name);
    if (named.is_table) fail(name, not_a_value(name.text));
    return std::move(named.value);
  }
  try {
    Named named = resolve(name);
    return named.is_table ? unknown_word(name, not_a_value(name.text))
                          : std::move(named.value);
  } catch (const ExprError& error) {
    return unknown_word(name, error.message);
  }
}

std::optional<ExprParser::Named> ExprParser::local(const Token& name) const {
  const auto bound = [&](Op op, Type type, std::string_view where) {
    if (type.kind == Kind::kNone)
      fail(name, fmt::format("'{}' means nothing here: it is bound {}", name.text, where));
    return Named{.value = leaf(op, type)};
  };
  // The row of an aggregate around this spot, 0 the innermost.
  const auto it_at = [&](std::size_t level, Type type) {
    return Named{.value = leaf(Op::kIt, type, -1, int(level))};
  };
  if (name.text == "row") return bound(Op::kRow, scope_.row, "inside lists and grids");
  if (name.text == "it") {
    auto named = bound(Op::kIt, scope_.it, "inside count(), any(), each and the like");
    named.value.index = 0;
    return named;
  }
  const auto& its = scope_.its;
  for (std::size_t level = 0; level < its.size(); ++level) {
    const NamedType& row = its[its.size() - 1 - level];
    if (row.name == name.text) return it_at(level, row.type);
  }
  if (scope_.first_it.name == name.text) return it_at(its.size(), scope_.first_it.type);
  if (name.text == "new") return bound(Op::kNew, scope_.made, "after an `add`");
  if (name.text == "now") return Named{.value = leaf(Op::kNow, type_of(Kind::kInstant))};
  if (name.text == "today") return Named{.value = leaf(Op::kToday, type_of(Kind::kDate))};
  for (std::size_t i = 0; i < scope_.params.size(); ++i)
    if (scope_.params[i].name == name.text)
      return Named{.value = leaf(Op::kParam, scope_.params[i].type, -1, int(i))};
  for (std::size_t i = 0; i < scope_.args.size(); ++i)
    if (scope_.args[i].name == name.text)
      return Named{.value = leaf(Op::kArg, scope_.args[i].type, -1, int(i))};
  return std::nullopt;
}

std::optional<ExprParser::Named> ExprParser::member(int app, const Token& name) const {
  if (app < 0) return std::nullopt;
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  if (app == scope_.app && scope_.screen >= 0) {
    const ScreenSpec& screen = spec.screens[std::size_t(scope_.screen)];
    if (const int var = spec.var(screen.id + "." + name.text); var >= 0)
      return variable(app, var);
  }
  if (const int var = spec.var(name.text); var >= 0) return variable(app, var);
  if (const int table = spec.table(name.text); table >= 0)
    return Named{.value = {}, .table = {app, table}, .is_table = true};
  return std::nullopt;
}

ExprParser::Named ExprParser::variable(int app, int var) const {
  if (scope_.used != nullptr) scope_.used->vars.insert({app, var});
  const VarSpec& spec = apps_.apps[std::size_t(app)].vars[std::size_t(var)];
  return {.value = leaf(Op::kVar, spec.type, app, var)};
}

std::optional<ExprParser::Named> ExprParser::variable_of_screen(int app,
                                                                const Token& name) {
  if (app < 0 || !peek().is(".")) return std::nullopt;
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  const int var = spec.var(name.text + "." + peek(1).text);
  if (var < 0) return std::nullopt;
  take();
  take();
  return variable(app, var);
}

// `search.x`, and the screen has no such variable.
void ExprParser::refuse_screen(const Token& name) const {
  if (scope_.app < 0 || !peek().is(".")) return;
  const AppSpec& app = apps_.apps[std::size_t(scope_.app)];
  const int index = app.screen(name.text);
  if (index < 0) return;
  const ScreenSpec& screen = app.screens[std::size_t(index)];
  std::vector<std::string> known;
  for (const int var : screen.vars)
    known.push_back(app.vars[std::size_t(var)].name.substr(screen.id.size() + 1));
  fail(peek(1), fmt::format("screen '{}' has no variable '{}'{}", name.text, peek(1).text,
                            did_you_mean(peek(1).text, known)));
}

ExprParser::Named ExprParser::resolve(const Token& name) {
  if (auto named = local(name)) return std::move(*named);
  if (auto named = member(scope_.app, name); named && !named->is_table)
    return std::move(*named);
  if (auto named = variable_of_screen(scope_.app, name)) return std::move(*named);
  if (auto named = member(scope_.app, name)) return std::move(*named);
  int app = -1;
  for (std::size_t i = 0; i < apps_.apps.size(); ++i)
    if (apps_.apps[i].id == name.text) app = int(i);
  if (app < 0) {
    refuse_screen(name);
    const std::string meant = did_you_mean(name.text, names_in_scope());
    fail(name, fmt::format("unknown name '{}'{}", name.text,
                           !meant.empty() || wants_place_ || peek().is(".")
                               ? meant
                               : fmt::format("; a text is written `'{}'`", name.text)));
  }
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  if (!peek().is(".") || peek(1).kind != Token::Kind::kName)
    fail(name, fmt::format("'{}' is an app; write {}.<state or record>", name.text,
                           name.text));
  take();
  const Token inner = take();
  if (is_defined(app, inner)) return Named{.value = defined(app, inner)};
  if (auto named = variable_of_screen(app, inner)) return std::move(*named);
  if (auto named = member(app, inner)) return std::move(*named);
  std::vector<std::string> names;
  for (const VarSpec& v : spec.vars) names.push_back(v.name);
  for (const TableSpec& t : spec.tables) names.push_back(t.name);
  for (const DefineSpec& d : spec.defines) names.push_back(d.name);
  fail(inner, fmt::format("app '{}' has no state or record '{}'{}", name.text, inner.text,
                          did_you_mean(inner.text, names)));
}

std::vector<std::string> ExprParser::names_in_scope() const {
  std::vector<std::string> names;
  for (const ArgSpec& arg : scope_.args) names.push_back(arg.name);
  for (const NamedType& param : scope_.params) names.push_back(param.name);
  if (scope_.app >= 0) {
    const AppSpec& app = apps_.apps[std::size_t(scope_.app)];
    for (const VarSpec& v : app.vars) names.push_back(v.name);
    for (const TableSpec& t : app.tables) names.push_back(t.name);
    for (const DefineSpec& d : app.defines) names.push_back(d.name);
    if (scope_.screen >= 0) {
      const ScreenSpec& screen = app.screens[std::size_t(scope_.screen)];
      for (const int var : screen.vars)
        names.push_back(app.vars[std::size_t(var)].name.substr(screen.id.size() + 1));
    }
  }
  for (const NamedType& row : scope_.its)
    if (!row.name.empty()) names.push_back(row.name);
  if (!scope_.first_it.name.empty()) names.push_back(scope_.first_it.name);
  if (scope_.row.kind != Kind::kNone) names.emplace_back("row");
  if (scope_.it.kind != Kind::kNone) names.emplace_back("it");
  if (scope_.made.kind != Kind::kNone) names.emplace_back("new");
  for (const std::string_view word : {"true", "false", "none", "now", "today"})
    names.emplace_back(word);
  for (const AppSpec& app : apps_.apps) names.push_back(app.id);
  return names;
}

// ---- tables --------------------------------------------------------------------

bool ExprParser::begins_table() const {
  const Token& name = peek();
  if (name.kind != Token::Kind::kName) return false;
  if (scope_.app >= 0 &&
      apps_.apps[std::size_t(scope_.app)].table(name.text) >= 0)
    return !peek(1).is(".");
  for (const AppSpec& app : apps_.apps)
    if (app.id == name.text && peek(1).is("."))
      return app.table(peek(2).text) >= 0 && !peek(3).is(".");
  return false;
}

TableRef ExprParser::table_name() {
  const TableRef table = named_table();
  if (scope_.used != nullptr) scope_.used->tables.insert({table.app, table.table});
  return table;
}

TableRef ExprParser::named_table() {
  const Token name = take();
  if (name.kind != Token::Kind::kName)
    fail(name, fmt::format("expected a record's name, found {}", found(name)));
  std::vector<std::string> tables;
  if (!peek().is(".")) {
    if (scope_.app >= 0) {
      const AppSpec& app = apps_.apps[std::size_t(scope_.app)];
      if (const int table = app.table(name.text); table >= 0)
        return {scope_.app, table};
      for (const TableSpec& t : app.tables) tables.push_back(t.name);
    }
    fail(name, fmt::format("unknown record '{}'{}", name.text,
                           did_you_mean(name.text, tables)));
  }
  int app = -1;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < apps_.apps.size(); ++i) {
    ids.push_back(apps_.apps[i].id);
    if (apps_.apps[i].id == name.text) app = int(i);
  }
  if (app < 0)
    fail(name, fmt::format("unknown app '{}'{}", name.text, did_you_mean(name.text, ids)));
  take();
  const Token inner = take();
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  const int table = spec.table(inner.text);
  if (table >= 0) return {app, table};
  for (const TableSpec& t : spec.tables) tables.push_back(t.name);
  fail(inner, fmt::format("app '{}' has no record '{}'{}", name.text, inner.text,
                          did_you_mean(inner.text, tables)));
}

TableRef ExprParser::whole_table() {
  TableRef table = table_name();
  end();
  return table;
}

// ---- the public face -------------------------------------------------------------

Expr parse_expr(std::string_view text, const Scope& scope, Type wanted) {
  return Expr(ExprParser(text, scope).whole(wanted));
}

TableRef parse_table(std::string_view text, const Scope& scope) {
  return ExprParser(text, scope).whole_table();
}

Place parse_place(std::string_view text, const Scope& scope) {
  ExprNode node = ExprParser(text, scope).whole_place();
  Place place{.type = node.type};
  if (node.op == Op::kVar) {
    place.app = node.app;
    place.var = node.index;
    if (node.app != scope.app && node.app != 0 && scope.app >= 0)
      throw ExprError{0, fmt::format("'{}' belongs to another app and can only be read",
                                     text)};
    return place;
  }
  if (node.op != Op::kField)
    throw ExprError{0, fmt::format("'{}' is not a place that can be written; use a state, "
                                   "phone.<name> or <reference>.<column>",
                                   text)};
  place.column = node.index;
  place.target = Expr(std::move(node.children[0]));
  place.app = place.target.type().app;
  return place;
}

Type parse_type(std::string_view text, const Scope& scope) {
  for (int k = int(Kind::kBool); k <= int(Kind::kSeed); ++k)
    if (kind_name(Kind(k)) == text) return type_of(Kind(k));
  std::vector<std::string> known = {"bool", "int",  "text",    "money",
                                    "date", "time", "instant", "seed"};
  if (scope.app >= 0)
    for (const TableSpec& t : scope.apps->apps[std::size_t(scope.app)].tables)
      known.push_back(t.name);
  try {
    const TableRef table = parse_table(text, scope);
    return Type{.kind = Kind::kRef, .app = table.app, .table = table.table};
  } catch (const ExprError&) {
    throw ExprError{0, fmt::format("unknown type '{}'{}", text, did_you_mean(text, known))};
  }
}

}  // namespace paperphone::app
