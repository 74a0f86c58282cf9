// Numbers as people write them: 86, 1,280, 3.2万, 3万2千, 八十六, 两百, 一百零五,
// 三点五, twenty-one. What can mean several (三四个, 十几, 8 6, 12,34) is none.
#pragma once

#include <cstdint>
#include <optional>

#include "env/task/answer/reader.h"

namespace paperphone::task {

// In millionths, so that 3.2万 and 0.5 are exact; smaller than 10^12 ones.
using Millionths = std::int64_t;
inline constexpr Millionths kOne = 1'000'000;

// With a sign, decimals and units up to 亿. Eats what belongs to the number, and then
// some if there is none.
std::optional<Millionths> read_number(Reader& reader);

// A whole number without sign, decimals or units beyond 千: hours, days, pieces of
// money.
struct Whole {
  std::int64_t value = 0;
  int digits = 0;     // how many 0-9 it was written with; 0: in characters
  bool zero = false;  // 零五: a zero stands in front
};
std::optional<Whole> read_whole(Reader& reader);
bool begins_number(char32_t c);

// A year in characters, 二〇二五; four of them.
std::optional<int> read_year_characters(Reader& reader);

}  // namespace paperphone::task
