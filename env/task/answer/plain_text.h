// One spelling of what looks alike: full-width letters and digits, capitals, spaces.
#pragma once

#include <string>
#include <string_view>

namespace paperphone::task {

// Full-width forms become ASCII, A-Z small, any white space one space; spaces at the
// ends and beside a character that is not ASCII go. "8 6" keeps its space: it is
// not 86.
std::u32string plain_text(std::string_view text);

// Of such a text: without any space.
std::u32string without_spaces(std::u32string_view plain);

}  // namespace paperphone::task
