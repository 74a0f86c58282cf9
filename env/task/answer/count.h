// Counts: a number and, perhaps, what is counted: 3, 三个, 3条评论, 512MB.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace paperphone::task {

// asked: what the question counts (条评论, MB存储空间, minutes); its beginning may
// follow the number. Asked for a unit of time, every length of time is an answer. The
// two texts are plain, `whole` with filler.
bool is_count(std::int64_t truth, std::u32string_view text, std::u32string_view whole,
              std::span<const std::u32string> asked);

}  // namespace paperphone::task
