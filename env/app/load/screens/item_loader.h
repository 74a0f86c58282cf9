// Entries of items, options, actions, tabs.
#pragma once

#include <string_view>
#include <vector>

#include "env/app/load/loading.h"

namespace paperphone::app {

enum class ItemIds : std::uint8_t { kNeeded, kOptional };
// keys: those that an entry may have, separated by spaces (PropRule::allowed).
// value_type: of `value`, kNone: any.
std::vector<Item> load_items(Loading& loading, const YamlNode& node, const Scope& scope,
                             std::string_view what, ItemIds ids, std::string_view keys,
                             Type value_type = {});

}  // namespace paperphone::app
