// Texts that must give one of a few words, an icon or a colour.
#pragma once

#include <string_view>

#include "env/app/load/loading.h"

namespace paperphone::app {

// A text with holes that must give a word, an icon or a colour. What it can give, as
// far as that can be seen (constants, branches of if(), fixtures, picks), is checked.
enum class Choice : std::uint8_t { kWord, kIcon, kColor };
Template compile_choice(Loading& loading, const YamlNode& node, const Scope& scope,
                        std::string_view what, Choice choice, std::string_view allowed);
bool has_holes(const YamlNode& node);

}  // namespace paperphone::app
