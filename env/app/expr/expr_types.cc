#include "env/app/expr/expr_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

// "depart, price"; of a long list the beginning.
std::string joined_words(Type type, const AppSet& apps) {
  constexpr std::size_t kShown = 8;
  const auto& words = apps.word_sets[std::size_t(type.words)];
  std::string out;
  for (std::size_t i = 0; i < words.size() && i < kShown; ++i)
    out += fmt::format("{}{}", i == 0 ? "" : ", ", words[i].empty() ? "''" : words[i]);
  return words.size() > kShown ? out + ", ..." : out;
}

}  // namespace

bool has_word(Type type, std::string_view word, const AppSet& apps) {
  if (type.words < 0) return false;
  const auto& words = apps.word_sets[std::size_t(type.words)];
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string not_one_of(std::string_view word, Type type, const AppSet& apps,
                       std::span<const std::string> names) {
  std::vector<std::string> known = apps.word_sets[std::size_t(type.words)];
  known.insert(known.end(), names.begin(), names.end());
  return fmt::format("'{}' is not one of {}{}", word, joined_words(type, apps),
                     did_you_mean(word, known));
}

std::string type_name(Type type, const AppSet& apps) {
  if (type.words >= 0) return "one of " + joined_words(type, apps);
  if (type.kind != Kind::kRef) return std::string(kind_name(type.kind));
  const AppSpec& app = apps.apps[std::size_t(type.app)];
  return app.tables[std::size_t(type.table)].name;
}

bool fits(Type from, Type to) {
  if (from == to || from.kind == Kind::kNone) return true;
  if (from.kind == Kind::kText && to.kind == Kind::kText) return to.words < 0;
  return from.kind == Kind::kInt && to.kind == Kind::kSeed;
}

bool has_order(Kind kind) {
  switch (kind) {
    case Kind::kInt: case Kind::kText: case Kind::kMoney: case Kind::kDate:
    case Kind::kTime: case Kind::kInstant:
      return true;
    default: return false;
  }
}

Type common_type(Type a, Type b, std::size_t offset, const AppSet& apps) {
  if (fits(a, b)) return b;
  if (fits(b, a)) return a;
  if (a.kind == Kind::kText && b.kind == Kind::kText) return type_of(Kind::kText);
  throw ExprError{offset, fmt::format("{} and {} do not go together",
                                      type_name(a, apps), type_name(b, apps))};
}

ExprNode make_comparison(Op op, ExprNode left, ExprNode right, std::size_t offset,
                         const AppSet& apps) {
  if (!fits(left.type, right.type) && !fits(right.type, left.type)) {
    const bool money = (left.type.kind == Kind::kMoney && right.type.kind == Kind::kInt) ||
                       (left.type.kind == Kind::kInt && right.type.kind == Kind::kMoney);
    throw ExprError{offset,
                    fmt::format("cannot compare {} with {}{}", type_name(left.type, apps),
                                type_name(right.type, apps),
                                money ? "; money is written like 12.00" : "")};
  }
  const Type type = left.type.kind == Kind::kNone ? right.type : left.type;
  if (op != Op::kEq && op != Op::kNe && !has_order(type.kind)) {
    throw ExprError{offset, fmt::format("{} has no order; it compares with == and !=",
                                        type_name(type, apps))};
  }
  ExprNode node{.op = op, .type = type_of(Kind::kBool)};
  node.children.push_back(std::move(left));
  node.children.push_back(std::move(right));
  return node;
}

namespace {

struct ArithmeticRule {
  char sign;
  Kind left, right, result;
};

constexpr ArithmeticRule kArithmetic[] = {
    {'+', Kind::kInt, Kind::kInt, Kind::kInt},
    {'-', Kind::kInt, Kind::kInt, Kind::kInt},
    {'*', Kind::kInt, Kind::kInt, Kind::kInt},
    {'/', Kind::kInt, Kind::kInt, Kind::kInt},
    {'%', Kind::kInt, Kind::kInt, Kind::kInt},
    {'+', Kind::kMoney, Kind::kMoney, Kind::kMoney},
    {'-', Kind::kMoney, Kind::kMoney, Kind::kMoney},
    {'*', Kind::kMoney, Kind::kInt, Kind::kMoney},
    {'*', Kind::kInt, Kind::kMoney, Kind::kMoney},
    {'/', Kind::kMoney, Kind::kInt, Kind::kMoney},
    {'+', Kind::kDate, Kind::kInt, Kind::kDate},
    {'-', Kind::kDate, Kind::kInt, Kind::kDate},
    {'-', Kind::kDate, Kind::kDate, Kind::kInt},
    {'+', Kind::kInstant, Kind::kInt, Kind::kInstant},
    {'-', Kind::kInstant, Kind::kInt, Kind::kInstant},
    {'-', Kind::kInstant, Kind::kInstant, Kind::kInt},
    {'+', Kind::kTime, Kind::kInt, Kind::kTime},
    {'-', Kind::kTime, Kind::kInt, Kind::kTime},
    {'-', Kind::kTime, Kind::kTime, Kind::kInt},
};

Op arithmetic_op(char sign) {
  switch (sign) {
    case '+': return Op::kAdd;
    case '-': return Op::kSub;
    case '*': return Op::kMul;
    case '/': return Op::kDiv;
    default: return Op::kMod;
  }
}

}  // namespace

ExprNode make_arithmetic(std::string_view sign, ExprNode left, ExprNode right,
                         std::size_t offset, const AppSet& apps) {
  const Kind a = left.type.kind;
  const Kind b = right.type.kind;
  ExprNode node;
  if (sign == "+" && a == Kind::kText && b == Kind::kText) {
    node.op = Op::kConcat;
    node.type = type_of(Kind::kText);
  } else {
    const ArithmeticRule* found = nullptr;
    for (const ArithmeticRule& rule : kArithmetic)
      if (rule.sign == sign[0] && rule.left == a && rule.right == b) found = &rule;
    if (found == nullptr) {
      const bool joins = sign == "+" && (a == Kind::kText || b == Kind::kText);
      throw ExprError{offset, fmt::format("{} {} {} is not defined{}",
                                          type_name(left.type, apps), sign,
                                          type_name(right.type, apps),
                                          joins ? "; use text(x) to join texts" : "")};
    }
    node.op = arithmetic_op(sign[0]);
    node.type = type_of(found->result);
  }
  node.children.push_back(std::move(left));
  node.children.push_back(std::move(right));
  return node;
}

ExprNode make_conversion(std::string_view name, std::vector<ExprNode> args,
                         std::size_t offset, const AppSet& apps) {
  const auto want = [&](std::size_t count, std::string_view usage) {
    if (args.size() != count)
      throw ExprError{offset, fmt::format("{} is written {}", name, usage)};
  };
  const auto refuse = [&](std::size_t i, std::string_view wanted) {
    throw ExprError{offset, fmt::format("{}() takes {}, not {}", name, wanted,
                                        type_name(args[i].type, apps))};
  };
  ExprNode node{.op = Op::kConvert};
  if (name == "text") {
    want(1, "text(x)");
    node.op = Op::kText;
    node.type = type_of(Kind::kText);
  } else if (name == "int") {
    want(1, "int(x)");
    if (args[0].type.kind == Kind::kRef || args[0].type.kind == Kind::kNone)
      refuse(0, "a plain value");
    node.type = type_of(Kind::kInt);
  } else if (name == "money") {
    want(1, "money(x)");
    const Kind kind = args[0].type.kind;
    if (kind != Kind::kInt && kind != Kind::kText && kind != Kind::kMoney)
      refuse(0, "an int or a text");
    node.type = type_of(Kind::kMoney);
  } else if (name == "instant") {
    want(2, "instant(date, time)");
    if (args[0].type.kind != Kind::kDate) refuse(0, "a date first");
    if (args[1].type.kind != Kind::kTime) refuse(1, "a time second");
    node.type = type_of(Kind::kInstant);
  } else {
    want(1, fmt::format("{}(instant)", name));
    if (args[0].type.kind != Kind::kInstant) refuse(0, "an instant");
    node.type = type_of(name == "date" ? Kind::kDate : Kind::kTime);
  }
  node.children = std::move(args);
  return node;
}

}  // namespace paperphone::app
