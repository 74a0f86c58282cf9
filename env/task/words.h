// What the expert says: Chinese words on screens and actions.
#pragma once

#include <string>
#include <string_view>

#include "env/types.h"

namespace paperphone {

// Words of a screen, for a sentence about them: up to the first comma or line end, at
// most 12 code points.
std::string shorten(std::string_view text);

// The action in one clause. label: what stands on the thing that is touched.
std::string sentence_of(const Action& action, std::string_view label);

}  // namespace paperphone
