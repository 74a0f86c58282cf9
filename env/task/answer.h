// Typed comparison of answers: normalised, never by keyword.
#pragma once

#include <string>
#include <string_view>

#include "env/app/expr/value.h"

namespace paperphone::task {

// Full-width forms to ASCII, letters to lower case, no white space, no closing 。.
std::string normalise_answer(std::string_view text);

// expected: as format_value writes it. Numbers compare by value ("3个" is 3), money
// in fen ("12.8元" is ¥12.80), times by minute ("9点41分" is 09:41), dates by day
// ("11-20" is 11月20日; a missing year matches any), booleans by 是/否, the rest as text.
bool same_answer(app::Type type, std::string_view expected, std::string_view given);

}  // namespace paperphone::task
