// One function for each alternative of a variant: std::visit does not compile until
// every one has its own.
#pragma once

#include <concepts>

namespace paperphone {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;  // clang 14 asks for it

// [](const OneOf<Tap, Back> auto&) {...}: the same for several alternatives.
template <class T, class... Ts>
concept OneOf = (std::same_as<T, Ts> || ...);

}  // namespace paperphone
