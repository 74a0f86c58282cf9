// UTF-8 in, code points out; broken bytes become U+FFFD, never an exception.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace paperphone {

// Decodes the code point at `position` and moves `position` past it.
char32_t next_code_point(std::string_view text, std::size_t& position);
void append_utf8(std::string& text, char32_t code_point);
std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);
// Number of code points.
int count_code_points(std::string_view text);

bool is_utf8(std::string_view text);

// What is stored or printed is UTF-8, whatever it was made of: half characters that a
// model sampled, a path in another encoding. Every byte that is no part of UTF-8 is
// written as \xE4, and a backslash that would read like one of these as \x5C; all other
// text stays as it is.
std::string escape_bytes(std::string_view bytes);
// The bytes that escape_bytes() was given.
std::string unescape_bytes(std::string_view text);

}  // namespace paperphone
