// Words of the compact prompt's history that stand for one thing each, and so are one token
// of a tokenizer that is trained here.
#pragma once

#include <string_view>

namespace paperphone::agent {

inline constexpr std::string_view kNoteLine = "\n记：";
inline constexpr std::string_view kNothingChanged = "（没有变化）";

}  // namespace paperphone::agent
