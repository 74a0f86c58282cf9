// 是, 对, 有, 开着, yes; 否, 不是, 没有, 关着, no.
#pragma once

#include <optional>
#include <string_view>

namespace paperphone::task {

// What the whole text says. One word, or up to four of one meaning: 是的，开着;
// 不，没有. Two that contradict each other, a question (是否, 有没有) and anything else
// are neither.
std::optional<bool> read_yes_no(std::u32string_view text);

}  // namespace paperphone::task
