// Text -> typed expressions, places, templates and targets of `go`. Everything is
// resolved and type-checked here, so that evaluation can be total.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "env/app/expr/expr.h"
#include "env/app/spec.h"

namespace paperphone::app {

struct NamedType {
  std::string name;
  Type type;
};

// Names that expressions read; each by its app first.
struct NamesUsed {
  std::set<std::pair<int, int>> vars;
  std::set<std::pair<int, int>> tables;
  std::set<std::tuple<int, int, int>> columns;  // app, table, column
  std::set<std::pair<int, int>> defines;
  std::set<int> lexicons;  // index into AppSet::lexicons
};

// What names mean at one spot of an app file.
struct Scope {
  const AppSet* apps = nullptr;  // names and types declared so far
  int app = -1;                  // whose names need no prefix; -1: none
  int screen = -1;               // of that app, whose variables need no prefix either
  Type row, it, made;            // kNone: not bound here
  NamedType first_it = {};       // `it` under a name of its own, seen from aggregates too
  std::vector<NamedType> its = {};  // rows of the aggregates around, innermost last
  std::span<const ArgSpec> args;
  std::vector<NamedType> params;   // of a task, then its `let` names; or a `day`
  bool generating = false;         // pick, rand, ... are allowed
  NamesUsed* used = nullptr;  // what is read goes here if given
};

// A fault in an expression; offset counts bytes of its text.
struct ExprError {
  std::size_t offset = 0;
  std::string message;
};

inline constexpr std::size_t kMaxExprBytes = 2000;

// All throw ExprError.
// wanted: where one of a few words is wanted, a bare word is that text.
Expr parse_expr(std::string_view text, const Scope& scope, Type wanted = {});
Place parse_place(std::string_view text, const Scope& scope);
Template parse_template(std::string_view text, const Scope& scope);

// A record's name, "contact" or "messenger.contact".
TableRef parse_table(std::string_view text, const Scope& scope);

// "screen", "screen(a, b)", "replace ...", "reset ...", "back", "back to screen".
GoTo parse_go(std::string_view text, const Scope& scope);
// The `at` of a landmark: "screen", "screen(a, _)", "app.screen(...)".
GoTo parse_at(std::string_view text, const Scope& scope);

// "bool", "contact": as app files spell a type inside its app.
std::string type_name(Type type, const AppSet& apps);
// Throws ExprError.
Type parse_type(std::string_view text, const Scope& scope);
// May a value of type `from` stand where `to` is wanted? none fits everywhere, an
// int is a seed.
bool fits(Type from, Type to);
// Is it one of the words that a value of this type can be?
bool has_word(Type type, std::string_view word, const AppSet& apps);
// "'prise' is not one of depart, price (did you mean 'price'?)"; names: that could have
// been meant too.
std::string not_one_of(std::string_view word, Type type, const AppSet& apps,
                       std::span<const std::string> names = {});
bool is_reserved_word(std::string_view name);  // row, now, and, ...
bool is_function_name(std::string_view name);  // count, if, text, ...

}  // namespace paperphone::app
