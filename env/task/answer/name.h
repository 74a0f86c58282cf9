// Names, words and other texts: the whole text, but for case, width, spaces, quotes and
// filler.
#pragma once

#include <string_view>

#include "env/app/expr/value.h"

namespace paperphone::task {

// Both plain. Digits with hyphens (telephone numbers) are the same without them, and
// +86 may stand in front of eleven; a version may have a v.
bool is_name(std::u32string_view truth, std::u32string_view text, app::Kind kind);

}  // namespace paperphone::task
