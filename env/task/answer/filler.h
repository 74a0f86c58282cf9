// What may stand around an answer without changing it. The lists of filler.cc are all
// there is: no negation, no bound (至少, 不到), no guess (大约, 左右) is among them.
#pragma once

#include <string_view>

#include "env/app/expr/value.h"

namespace paperphone::task {

// The text without filler and quotes at its ends, as far as they reach.
std::u32string_view without_filler(std::u32string_view plain, app::Kind kind);

// Is `plain` this value (not empty), with nothing but filler and quotes around it? The
// value itself may begin with a word that is filler elsewhere.
bool is_value_in_filler(std::u32string_view plain, std::u32string_view value,
                        app::Kind kind);

// Without one full stop at the end and without quotes around the whole.
std::u32string_view without_quotes(std::u32string_view plain);

}  // namespace paperphone::task
