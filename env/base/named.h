// The words for an enumeration's values, where people write them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/base/check.h"

namespace paperphone {

template <class E>
struct Named {
  std::string_view name;
  E value;
};

// REQUIRES: it is one of the names.
template <class E>
E value_named(std::span<const Named<E>> all, std::string_view name) {
  for (const Named<E>& one : all)
    if (one.name == name) return one.value;
  PAPERPHONE_CHECK_FAIL("a name that is not in the list");
}

// REQUIRES: the value has one.
template <class E>
std::string name_of(std::span<const Named<E>> all, E value) {
  for (const Named<E>& one : all)
    if (one.value == value) return std::string(one.name);
  PAPERPHONE_CHECK_FAIL("a value that has no name");
}

template <class E>
std::vector<std::string> names_of(std::span<const Named<E>> all) {
  std::vector<std::string> names;
  for (const Named<E>& one : all) names.emplace_back(one.name);
  return names;
}

}  // namespace paperphone
