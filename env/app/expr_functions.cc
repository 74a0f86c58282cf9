#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/app/expr_grammar.h"
#include "env/app/expr_types.h"
#include "env/app/suggest.h"

namespace paperphone {
namespace {

constexpr std::array<std::string_view, 23> kFunctions = {
    "contains", "starts_with", "len",  "if",    "min",    "max",      "text", "int",
    "date",     "time",        "instant", "count", "any", "sum",      "one",  "first",
    "latest",   "pick",        "shuffled", "rand", "chance", "digits", "seq"};

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<ExprNode> ExprParser::arguments() {
  std::vector<ExprNode> args;
  expect("(", "the function's name");
  if (accept(")")) return args;
  do {
    args.push_back(parse_or());
  } while (accept(","));
  expect(")", "the arguments");
  return args;
}

ExprNode ExprParser::function(const Token& name) {
  const std::string_view f = name.text;
  if (is_one_of(f, {"count", "any", "sum", "one", "first", "latest"}))
    return aggregate(name);
  if (is_one_of(f, {"pick", "shuffled", "rand", "chance", "digits", "seq"}))
    return generator(name);
  if (is_one_of(f, {"text", "int", "date", "time", "instant"}))
    return make_conversion(f, arguments(), name.offset, apps_);
  if (!is_one_of(f, {"contains", "starts_with", "len", "if", "min", "max"})) {
    std::vector<std::string> known(kFunctions.begin(), kFunctions.end());
    fail(name, fmt::format("unknown function '{}'{}", f, did_you_mean(f, known)));
  }
  ExprNode node;
  node.children = arguments();
  auto& args = node.children;
  const auto want = [&](std::size_t count, std::string_view usage) {
    if (args.size() != count) fail(name, fmt::format("{} is written {}", f, usage));
  };
  const auto want_text = [&](const ExprNode& arg) {
    if (!fits(arg.type, type_of(Kind::kText)))
      fail(name, fmt::format("{}() needs texts, this is {}", f,
                             type_name(arg.type, apps_)));
  };
  if (f == "contains" || f == "starts_with") {
    want(2, fmt::format("{}(text, text)", f));
    want_text(args[0]);
    want_text(args[1]);
    node.op = f == "contains" ? Op::kContains : Op::kStartsWith;
    node.type = type_of(Kind::kBool);
  } else if (f == "len") {
    want(1, "len(text)");
    want_text(args[0]);
    node.op = Op::kLen;
    node.type = type_of(Kind::kInt);
  } else if (f == "if") {
    want(3, "if(condition, a, b)");
    args[0] = boolean(std::move(args[0]), name, "the condition of if()");
    node.op = Op::kIf;
    node.type = common_type(args[1].type, args[2].type, name.offset, apps_);
  } else {
    want(2, fmt::format("{}(a, b)", f));
    node.op = f == "min" ? Op::kMin : Op::kMax;
    node.type = common_type(args[0].type, args[1].type, name.offset, apps_);
    if (!has_order(node.type.kind))
      fail(name, fmt::format("{} has no order, so no {}()",
                             type_name(node.type, apps_), f));
  }
  return node;
}

void ExprParser::check_ready(const TableName& table, const Token& at) const {
  if (scope_.tables_ready < 0) return;
  if (table.app != scope_.app)
    fail(at, "while worlds are made, other apps' records cannot be read");
  if (table.table >= scope_.tables_ready)
    fail(at, "this record is made later; declare it above");
}

ExprNode ExprParser::aggregate(const Token& name) {
  const std::string_view f = name.text;
  expect("(", "the function's name");
  const Token at = peek();
  const TableName table = table_name();
  check_ready(table, at);
  ExprNode node;
  node.app = table.app;
  node.index = table.table;
  const Type outer = scope_.it;
  const Type row{.kind = Kind::kRef, .app = table.app, .table = table.table};
  scope_.it = row;
  if (f == "sum") {
    expect(",", "the record; sum is written sum(record, value, condition)");
    node.children.push_back(parse_or());
    const Kind kind = node.children[0].type.kind;
    if (kind != Kind::kInt && kind != Kind::kMoney)
      fail(at, fmt::format("sum() adds int or money, not {}",
                           type_name(node.children[0].type, apps_)));
  }
  if (accept(",")) {
    const Token condition = peek();
    node.children.push_back(boolean(parse_or(), condition, "the condition"));
  }
  scope_.it = outer;
  expect(")", fmt::format("the arguments of {}()", f));
  if (f == "count") {
    node.op = Op::kCount;
    node.type = type_of(Kind::kInt);
  } else if (f == "any") {
    node.op = Op::kAny;
    node.type = type_of(Kind::kBool);
  } else if (f == "sum") {
    node.op = Op::kSum;
    node.type = node.children[0].type;
  } else {
    node.op = f == "one" ? Op::kOne : f == "first" ? Op::kFirst : Op::kLatest;
    node.type = row;
  }
  return node;
}

int ExprParser::lexicon_name() {
  take();  // lexicon
  expect(".", "'lexicon'");
  const Token name = take();
  std::vector<std::string> known;
  for (std::size_t i = 0; i < apps_.lexicons.size(); ++i) {
    if (apps_.lexicons[i].name == name.text) return int(i);
    known.push_back(apps_.lexicons[i].name);
  }
  fail(name, fmt::format("unknown lexicon '{}'{}", name.text,
                         did_you_mean(name.text, known)));
}

ExprNode ExprParser::pick(const Token& name) {
  ExprNode node{.op = name.text == "pick" ? Op::kPick : Op::kShuffled,
                .type = type_of(Kind::kText)};
  expect("(", "the function's name");
  if (peek().is("lexicon")) {
    node.lexicon = lexicon_name();
  } else if (node.op == Op::kShuffled) {
    fail(name, "shuffled is written shuffled(lexicon.x)");
  } else if (begins_table()) {
    const Token at = peek();
    const TableName table = table_name();
    check_ready(table, at);
    node.app = table.app;
    node.index = table.table;
    node.type = Type{.kind = Kind::kRef, .app = table.app, .table = table.table};
  } else {
    do {
      node.children.push_back(parse_or());
    } while (accept(","));
    node.type = node.children[0].type;
    for (const ExprNode& child : node.children)
      node.type = common_type(node.type, child.type, name.offset, apps_);
  }
  expect(")", fmt::format("the arguments of {}()", name.text));
  return node;
}

ExprNode ExprParser::generator(const Token& name) {
  const std::string_view f = name.text;
  if (!scope_.generating)
    fail(name, fmt::format("{} is random and stands only in `generate` and task params",
                           f));
  if (f == "pick" || f == "shuffled") return pick(name);
  ExprNode node;
  if (f == "seq") {
    if (accept("(")) expect(")", "'seq('");
    node.op = Op::kSeq;
    node.type = type_of(Kind::kInt);
    return node;
  }
  node.children = arguments();
  auto& args = node.children;
  if (f == "rand") {
    if (args.size() != 2) fail(name, "rand is written rand(low, high)");
    node.op = Op::kRand;
    node.type = common_type(args[0].type, args[1].type, name.offset, apps_);
    if (!has_order(node.type.kind) || node.type.kind == Kind::kText)
      fail(name, fmt::format("rand() draws int, money, date, time or instant, not {}",
                             type_name(node.type, apps_)));
    return node;
  }
  if (args.size() != 1 || args[0].type.kind != Kind::kInt)
    fail(name, fmt::format("{0} is written {0}({1})", f,
                           f == "chance" ? "percent" : "length"));
  node.op = f == "chance" ? Op::kChance : Op::kDigits;
  node.type = type_of(f == "chance" ? Kind::kBool : Kind::kText);
  return node;
}

}  // namespace paperphone
