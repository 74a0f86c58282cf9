#include "env/base/utf8.h"

namespace paperphone {

char32_t next_code_point(std::string_view text, std::size_t& position) {
  constexpr char32_t kBroken = 0xFFFD;
  const auto byte = [&](std::size_t i) { return std::uint8_t(text[i]); };
  const std::uint8_t lead = byte(position++);
  if (lead < 0x80) return lead;
  int length = 0;
  char32_t value = 0;
  char32_t minimum = 0;
  if ((lead & 0xE0) == 0xC0) {
    length = 1, value = lead & 0x1F, minimum = 0x80;
  } else if ((lead & 0xF0) == 0xE0) {
    length = 2, value = lead & 0x0F, minimum = 0x800;
  } else if ((lead & 0xF8) == 0xF0) {
    length = 3, value = lead & 0x07, minimum = 0x10000;
  } else {
    return kBroken;
  }
  for (int i = 0; i < length; ++i) {
    if (position >= text.size() || (byte(position) & 0xC0) != 0x80) {
      return kBroken;
    }
    value = (value << 6) | (byte(position++) & 0x3F);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value < minimum || value > 0x10FFFF || surrogate ? kBroken : value;
}

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&](char32_t byte) { text.push_back(char(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6)), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) out.push_back(next_code_point(text, i));
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (char32_t c : text) append_utf8(out, c);
  return out;
}

int count_code_points(std::string_view text) {
  int count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) next_code_point(text, i);
  return count;
}

namespace {

// Of the character that begins at `at`; 0: the byte there belongs to none.
std::size_t character_size(std::string_view text, std::size_t at) {
  std::size_t end = at;
  const bool broken = next_code_point(text, end) == 0xFFFD &&
                      text.substr(at, 3) != "\xEF\xBF\xBD";
  return broken ? 0 : end - at;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The byte that the four characters at `at` stand for; -1: they are no escape.
int escaped_byte(std::string_view text, std::size_t at) {
  if (text.size() - at < 4 || text[at] != '\\' || text[at + 1] != 'x') return -1;
  const int high = hex_value(text[at + 2]), low = hex_value(text[at + 3]);
  if (high < 0 || low < 0) return -1;
  const int byte = high * 16 + low;
  return byte >= 0x80 || byte == '\\' ? byte : -1;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = character_size(text, at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

std::string escape_bytes(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = character_size(bytes, at);
    if (size == 0 || escaped_byte(bytes, at) >= 0) {
      const auto byte = std::uint8_t(bytes[at++]);
      out.append("\\x").append({kHex[byte >> 4], kHex[byte & 0xF]});
    } else {
      out.append(bytes, at, size);
      at += size;
    }
  }
  return out;
}

std::string unescape_bytes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const int byte = escaped_byte(text, at);
    out += byte >= 0 ? char(byte) : text[at];
    at += byte >= 0 ? 4 : 1;
  }
  return out;
}

}  // namespace paperphone
