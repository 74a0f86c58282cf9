#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/app/expr/expr_grammar.h"
#include "env/app/expr/expr_types.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

constexpr std::array<std::string_view, 40> kFunctions = {
    "contains", "starts_with", "len",    "if",     "min",      "max",   "text",
    "int",      "money",       "date",   "time",   "instant",  "lower", "slice",
    "replace",  "year",        "month",  "day",    "weekday",  "count", "any",
    "sum",      "avg",         "max_of", "min_of", "most",     "least", "distinct",
    "one",      "first",       "latest", "pick",   "shuffled", "rand",  "chance",
    "digits",   "seq",         "abs",    "part",   "parts"};

// Aggregates that look at a value of each row.
struct ValueAggregate {
  std::string_view name;
  Op op;
};
constexpr std::array<ValueAggregate, 7> kValueAggregates = {{{"sum", Op::kSum},
                                                             {"avg", Op::kAverage},
                                                             {"max_of", Op::kMaxOf},
                                                             {"min_of", Op::kMinOf},
                                                             {"most", Op::kMost},
                                                             {"least", Op::kLeast},
                                                             {"distinct", Op::kDistinct}}};

const ValueAggregate* find_value_aggregate(std::string_view name) {
  const auto it = std::find_if(kValueAggregates.begin(), kValueAggregates.end(),
                               [&](const ValueAggregate& a) { return a.name == name; });
  return it == kValueAggregates.end() ? nullptr : &*it;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool is_function_name(std::string_view name) {
  return std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
}

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
  if (is_one_of(f, {"count", "any", "one", "first", "latest"}) ||
      find_value_aggregate(f) != nullptr)
    return aggregate(name);
  if (is_one_of(f, {"pick", "shuffled", "rand", "chance", "digits", "seq"}))
    return generator(name);
  if (is_one_of(f, {"text", "int", "money", "date", "time", "instant"}))
    return make_conversion(f, arguments(), name.offset, apps_);
  if (is_one_of(f, {"lower", "slice", "replace", "part", "parts"})) return text_function(name);
  if (is_one_of(f, {"year", "month", "day", "weekday"})) return date_part(name);
  if (!is_one_of(f, {"contains", "starts_with", "len", "if", "min", "max", "abs"})) {
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
  } else if (f == "abs") {
    want(1, "abs(number)");
    node.op = Op::kAbs;
    node.type = args[0].type;
    if (node.type.kind != Kind::kInt && node.type.kind != Kind::kMoney)
      fail(name, fmt::format("abs() needs an int or money, this is {}",
                             type_name(node.type, apps_)));
  } else if (f == "if") {
    want(3, "if(condition, a, b)");
    args[0] = boolean(std::move(args[0]), name, "the condition of if()");
    node.op = Op::kIf;
    settle_alike(args, 1, name);
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

ExprNode ExprParser::text_function(const Token& name) {
  struct Function {
    std::string_view name;
    Op op;
    Kind gives;
    std::size_t texts, ints;  // arguments
    std::string_view written;
  };
  static constexpr std::array<Function, 5> kTextFunctions = {{
      {"lower", Op::kLower, Kind::kText, 1, 0, "lower(text)"},
      {"slice", Op::kSlice, Kind::kText, 1, 2, "slice(text, start, length)"},
      {"replace", Op::kReplace, Kind::kText, 3, 0, "replace(text, old, new)"},
      {"part", Op::kPart, Kind::kText, 1, 1, "part(text, number)"},
      {"parts", Op::kParts, Kind::kInt, 1, 0, "parts(text)"},
  }};
  const Function& of = *std::find_if(kTextFunctions.begin(), kTextFunctions.end(),
                                     [&](const Function& f) { return f.name == name.text; });
  ExprNode node{.op = of.op, .type = type_of(of.gives)};
  node.children = arguments();
  if (node.children.size() != of.texts + of.ints)
    fail(name, fmt::format("{} is written {}", of.name, of.written));
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Kind kind = i < of.texts ? Kind::kText : Kind::kInt;
    if (!fits(node.children[i].type, type_of(kind)))
      fail(name, fmt::format("{}() needs {}, this is {}", of.name,
                             kind == Kind::kInt ? "ints behind the text" : "texts",
                             type_name(node.children[i].type, apps_)));
  }
  return node;
}

ExprNode ExprParser::date_part(const Token& name) {
  const std::string_view f = name.text;
  ExprNode node{.op = f == "year"    ? Op::kYear
                      : f == "month" ? Op::kMonth
                      : f == "day"   ? Op::kDay
                                     : Op::kWeekday,
                .type = type_of(Kind::kInt)};
  node.children = arguments();
  if (node.children.size() != 1) fail(name, fmt::format("{0} is written {0}(date)", f));
  const Kind kind = node.children[0].type.kind;
  if (kind != Kind::kDate && kind != Kind::kInstant && kind != Kind::kNone)
    fail(name, fmt::format("{}() needs a date or an instant, this is {}", f,
                           type_name(node.children[0].type, apps_)));
  return node;
}

// What follows `as`: the row's name, which inner aggregates see too.
std::string ExprParser::row_name() {
  const Token name = take();
  if (name.kind != Token::Kind::kName)
    fail(name,
         fmt::format("expected a name for the row after 'as', found {}", found(name)));
  const bool taken =
      is_reserved_word(name.text) || local(name) || member(scope_.app, name);
  if (taken)
    fail(name,
         fmt::format("'{}' means something here already; call the row something else",
                     name.text));
  return name.text;
}

ExprNode ExprParser::aggregate(const Token& name) {
  const std::string_view f = name.text;
  expect("(", "the function's name");
  const Token at = peek();
  const TableRef table = table_name();
  ExprNode node;
  node.app = table.app;
  node.index = table.table;
  const Type outer = scope_.it;
  const Type row{.kind = Kind::kRef, .app = table.app, .table = table.table};
  const std::string called = accept("as") ? row_name() : "";
  scope_.it = row;
  scope_.its.push_back({called, row});
  const ValueAggregate* of_value = find_value_aggregate(f);
  if (of_value != nullptr) {
    expect(",", fmt::format("the record; {0} is written {0}(record, value, condition)", f));
    node.children.push_back(parse_or());
    const Kind kind = node.children[0].type.kind;
    const bool adds = of_value->op == Op::kSum || of_value->op == Op::kAverage;
    if (adds && kind != Kind::kInt && kind != Kind::kMoney)
      fail(at, fmt::format("{}() adds int or money, not {}", f,
                           type_name(node.children[0].type, apps_)));
    if (!adds && of_value->op != Op::kDistinct && !has_order(kind))
      fail(at, fmt::format("{} has no order, so no {}()",
                           type_name(node.children[0].type, apps_), f));
  }
  if (accept(",")) {
    const Token condition = peek();
    node.children.push_back(boolean(parse_or(), condition, "the condition"));
  }
  scope_.it = outer;
  scope_.its.pop_back();
  expect(")", fmt::format("the arguments of {}()", f));
  if (f == "count") {
    node.op = Op::kCount;
    node.type = type_of(Kind::kInt);
  } else if (f == "any") {
    node.op = Op::kAny;
    node.type = type_of(Kind::kBool);
  } else if (of_value != nullptr) {
    node.op = of_value->op;
    const bool is_row = node.op == Op::kMost || node.op == Op::kLeast;
    node.type = is_row                      ? row
                : node.op == Op::kDistinct ? type_of(Kind::kInt)
                                           : node.children[0].type;
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
  int found = -1;  // an app's own comes before one of all apps
  for (std::size_t i = 0; i < apps_.lexicons.size(); ++i) {
    const Lexicon& lexicon = apps_.lexicons[i];
    if (lexicon.app >= 0 && lexicon.app != scope_.app) continue;
    if (lexicon.name == name.text && (found < 0 || lexicon.app >= 0)) found = int(i);
    known.push_back(lexicon.name);
  }
  if (found >= 0 && scope_.used != nullptr) scope_.used->lexicons.insert(found);
  if (found >= 0) return found;
  fail(name, fmt::format("unknown lexicon '{}'{}", name.text,
                         did_you_mean(name.text, known)));
}

// Of a record, of those rows of it for which a condition holds.
void ExprParser::pick_row(ExprNode& node) {
  const TableRef table = table_name();
  node.app = table.app;
  node.index = table.table;
  node.type = Type{.kind = Kind::kRef, .app = table.app, .table = table.table};
  if (!accept(",")) return;
  const Type outer = std::exchange(scope_.it, node.type);
  scope_.its.push_back({"", node.type});
  const Token condition = peek();
  node.children.push_back(boolean(parse_or(), condition, "the condition"));
  scope_.it = outer;
  scope_.its.pop_back();
}

ExprNode ExprParser::pick(const Token& name) {
  ExprNode node{.op = name.text == "pick" ? Op::kPick : Op::kShuffled,
                .type = type_of(Kind::kText)};
  expect("(", "the function's name");
  if (peek().is("lexicon")) {
    node.lexicon = lexicon_name();
  } else if (begins_table()) {
    pick_row(node);
  } else if (node.op == Op::kShuffled) {
    fail(name, "shuffled is written shuffled(lexicon.x) or shuffled(record, condition)");
  } else {
    do {
      node.children.push_back(parse_or());
    } while (accept(","));
    settle_alike(node.children, 0, name);
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

}  // namespace paperphone::app
