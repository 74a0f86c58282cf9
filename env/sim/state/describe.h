// How a part of the state is described: once, field by field, for everything that has
// to go through all of it (hash, bytes, JSON, differences, what the screen shows).
// state_fields.h describes the parts.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace paperphone::sim {

inline constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max() - 1;
// Far beyond any calendar, and far from where adding to a time would overflow.
inline constexpr std::int64_t kMostMs = std::int64_t{1} << 50;

// What an integer stands for, alone or in a list.
enum class Means : std::uint8_t {
  kItself,
  kNumber,       // within [low, high]
  kApp,          // AppSet::apps, or -1 where low is; the indices below are this app's
  kAppOrFolder,  // -1 - i: the i-th folder
  kScreen,       // AppSpec::screens; the indices below are this screen's
  kWidget,       // ScreenSpec::widgets
  kTransition,   // ScreenSpec::when
};

template <class Owner, class T>
struct Field {
  std::string_view name;
  T Owner::*member;
  Means means = Means::kItself;
  std::int64_t low = 0;  // of numbers and indices, alone or in a list
  std::int64_t high = 0;
  bool is_unseen = false;
  bool is_packed = false;
  bool may_be_none = false;

  // No layout reads it.
  constexpr Field unseen() const {
    Field field = *this;
    field.is_unseen = true;
    return field;
  }
  // Shares a word of the hash with others (state_hash.cc).
  constexpr Field packed() const {
    Field field = *this;
    field.is_packed = true;
    return field;
  }
  // Left out of the hash and of JSON while there is none.
  constexpr Field if_any() const {
    Field field = *this;
    field.may_be_none = true;
    return field;
  }
};

template <class T>
struct Entry {
  using Type = T;
};
template <class T>
struct Entry<std::vector<T>> {
  using Type = T;
};
// Says nothing of what it means.
template <class T>
concept BareInteger = std::integral<typename Entry<T>::Type> &&
    !std::same_as<typename Entry<T>::Type, bool>;

template <class Owner, class T>
requires(!BareInteger<T>) constexpr Field<Owner, T> field(std::string_view name,
                                                          T Owner::*member) {
  return {name, member};
}
template <class Owner, BareInteger T>
constexpr Field<Owner, T> number(std::string_view name, T Owner::*member,
                                 std::int64_t low, std::int64_t high) {
  return {name, member, Means::kNumber, low, high};
}
// Any number that fits.
template <class Owner, BareInteger T>
constexpr Field<Owner, T> number(std::string_view name, T Owner::*member) {
  return {name, member};
}
template <class Owner, BareInteger T>
constexpr Field<Owner, T> index(std::string_view name, T Owner::*member, Means means,
                                std::int64_t low) {
  return {name, member, means, low};
}
// Of virtual time.
template <class Owner>
constexpr Field<Owner, std::int64_t> ms(std::string_view name,
                                        std::int64_t Owner::*member) {
  return number(name, member, 0, kMostMs);
}

namespace internal {
struct Anything {
  template <class T>
  operator T() const;  // NOLINT: implicit
};
template <class T, class... Args>
consteval int num_members() {
  if constexpr (requires { T{Args{}..., Anything{}}; }) {
    return num_members<T, Args..., Anything>();
  } else {
    return int(sizeof...(Args));
  }
}
template <class A, class B>
consteval bool same_field(const A& a, const B& b) {
  if constexpr (std::is_same_v<A, B>) {
    if (a.member == b.member) return true;
  }
  return a.name == b.name;
}
consteval bool all_differ() { return true; }
template <class First, class... Rest>
consteval bool all_differ(const First& first, const Rest&... rest) {
  return !(same_field(first, rest) || ...) && all_differ(rest...);
}
}  // namespace internal

// Every member of T, each once, in the order of hash, bytes and JSON. What is left out
// does not compile.
template <class T, class... Types>
consteval std::tuple<Field<T, Types>...> describe(const Field<T, Types>&... fields) {
  static_assert(sizeof...(Types) == internal::num_members<T>(),
                "every member must be described");
  if (!internal::all_differ(fields...)) throw "a member is described twice";
  return {fields...};
}

template <class T>
inline constexpr std::nullptr_t kFields = nullptr;  // see state_fields.h

template <class T>
concept Described = !std::is_null_pointer_v<std::remove_cv_t<decltype(kFields<T>)>>;

// visit(field) for each, in order; part.*field.member is its value.
template <Described T, class Visit>
constexpr void visit_fields(Visit&& visit) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit(std::get<I>(kFields<T>)), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<decltype(kFields<T>)>>());
}
// Do all of them pass?
template <Described T, class Test>
constexpr bool all_fields(Test&& test) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (test(std::get<I>(kFields<T>)) && ...);
  }
  (std::make_index_sequence<std::tuple_size_v<decltype(kFields<T>)>>());
}

}  // namespace paperphone::sim
