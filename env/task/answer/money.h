// Amounts of money in yuan: 12.8, ¥12.80, 12元8角, 十二块八, 3块5, 1.28万元, 80 yuan.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace paperphone::task {

// Fen, if the whole text is an amount of whole fen. A bare number is yuan.
std::optional<std::int64_t> read_money(std::u32string_view text);

}  // namespace paperphone::task
