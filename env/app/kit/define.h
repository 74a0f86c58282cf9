// For the files that define components.
#pragma once

#include <array>

#include "env/app/kit/component.h"

namespace paperphone::app::kit {

#define PAPERPHONE_DECLARE(enumerator, name) extern const Component name;
PAPERPHONE_COMPONENTS(PAPERPHONE_DECLARE)
#undef PAPERPHONE_DECLARE

using enum Prop;
using enum PropType;

// ---- properties -----------------------------------------------------------------

constexpr PropRule may(Prop prop, PropType type, std::string_view allowed = {}) {
  return {prop, type, Need::kMay, allowed};
}
constexpr PropRule must(Prop prop, PropType type, std::string_view allowed = {}) {
  return {prop, type, Need::kMust, allowed};
}
constexpr PropRule either(Prop prop, PropType type, std::string_view allowed = {}) {
  return {prop, type, Need::kEither, allowed};
}
constexpr PropRule some(Prop prop, PropType type, std::string_view allowed = {}) {
  return {prop, type, Need::kSome, allowed};
}
constexpr PropRule all(Prop prop, PropType type, std::string_view allowed = {}) {
  return {prop, type, Need::kAll, allowed};
}
constexpr PropRule of_day(Prop prop, PropType type) {
  return {prop, type, Need::kMay, {}, true};
}

// Of whatever shows a row each.
inline constexpr std::array kRowProps = {
    must(kRows, kTable), may(kWhere, kBool), may(kOrderBy, kAnyExpr),
    may(kDescending, kBool), may(kLimit, kNumberExpr)};

// Rules and arrays of rules, in this order.
constexpr std::array<PropRule, 1> as_array(PropRule rule) { return {rule}; }
template <std::size_t N>
constexpr std::array<PropRule, N> as_array(std::array<PropRule, N> rules) {
  return rules;
}
template <class... Rules>
constexpr auto join(const Rules&... rules) {
  std::array<PropRule, (as_array(Rules()).size() + ...)> all;
  std::size_t count = 0;
  const auto add = [&](const auto& some) {
    for (const PropRule& rule : some) all[count++] = rule;
  };
  (add(as_array(rules)), ...);
  return all;
}

// The keys of an entry.
inline constexpr std::string_view kItemKeys = "id label icon color badge show";
inline constexpr std::string_view kOptionKeys = "id label value show";
inline constexpr std::string_view kButtonKeys = "id label style show";

// Of what chooses one of `options` into `bind`.
inline constexpr std::array kChoiceProps = {must(kBind, kPlace),
                                            must(kOptions, kOptionList, kOptionKeys)};

// ---- parts ----------------------------------------------------------------------

constexpr PartRule step(std::string_view name, Default tap, std::int8_t amount) {
  return {.name = name,
          .tap = tap,
          .writes = kBind,
          .amount = amount,
          .called = amount < 0 ? "减号" : "加号"};
}
// As many as there are options: a tap writes the option's value.
constexpr PartRule each_option(Role role) {
  return {.name = "*",
          .list = kOptions,
          .tap = Default::kChoose,
          .writes = kBind,
          .role = role};
}
// An entry of a wheel, and all of one.
constexpr PartRule turn(std::string_view name, std::int8_t wheel, std::int8_t amount) {
  return {.name = name,
          .tap = Default::kWheel,
          .writes = kBind,
          .amount = amount,
          .wheel = wheel};
}
constexpr PartRule wheel(std::string_view name, std::int8_t number) {
  return {.name = name, .wheel = number, .role = Role::kText};
}

}  // namespace paperphone::app::kit
