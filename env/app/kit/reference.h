// The components in words: for `paperphone apps --components` and apps/README.md.
#pragma once

#include <string>
#include <string_view>

#include "env/app/kit/component.h"

namespace paperphone::app {

// "text", "bool", "record", ...
std::string_view type_word(PropType type);
// "back *"
std::string part_words(const Component& component);
// All of them as a table in Markdown, between the two marks in apps/README.md.
std::string component_reference();

inline constexpr std::string_view kReferenceBegin =
    "<!-- components: paperphone apps --components --markdown -->\n";
inline constexpr std::string_view kReferenceEnd = "<!-- /components -->\n";

}  // namespace paperphone::app
