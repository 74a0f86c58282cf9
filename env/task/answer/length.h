// Lengths of time: 65分钟, 1小时5分, 一个半小时, 半小时, 一刻钟, 3:05, 1 hour 5
// minutes.
#pragma once

#include <optional>
#include <string_view>

#include "env/task/answer/numerals.h"

namespace paperphone::task {

// Seconds, in millionths, if the whole text is a length. A bare number counts units of
// `bare` seconds; 0: it is none.
std::optional<Millionths> read_length(std::u32string_view text, std::int64_t bare);

// The unit in seconds that a phrase such as 分钟 or "minutes" begins with; 0: none.
std::int64_t unit_of_length(std::u32string_view phrase);

}  // namespace paperphone::task
