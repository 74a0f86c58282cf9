#include "agent/text/byte_spelling.h"

#include "env/base/utf8.h"

namespace paperphone::agent {
namespace {

bool is_visible(int byte) {
  return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}

struct ByteTable {
  std::array<std::string, 256> spelling;
  std::array<std::uint8_t, 256> order{};
  std::array<int, 512> byte_of{};  // code point -> byte, -1

  ByteTable() {
    byte_of.fill(-1);
    int next = 0;
    for (int byte = 0; byte < 256; ++byte)
      if (is_visible(byte)) set(byte, char32_t(byte), next++);
    char32_t stand_in = 256;
    for (int byte = 0; byte < 256; ++byte)
      if (!is_visible(byte)) set(byte, stand_in++, next++);
  }
  void set(int byte, char32_t character, int index) {
    append_utf8(spelling[byte], character);
    order[index] = std::uint8_t(byte);
    byte_of[character] = byte;
  }
};

const ByteTable& table() {
  static const ByteTable table;  // constant, built once
  return table;
}

}  // namespace

const std::array<std::string, 256>& byte_spellings() { return table().spelling; }
const std::array<std::uint8_t, 256>& byte_order() { return table().order; }

std::string spelling_of_bytes(std::string_view bytes) {
  std::string spelling;
  for (char byte : bytes) spelling += table().spelling[std::uint8_t(byte)];
  return spelling;
}

std::optional<std::string> bytes_of_spelling(std::string_view spelling) {
  std::string bytes;
  for (std::size_t i = 0; i < spelling.size();) {
    const char32_t c = next_code_point(spelling, i);
    if (c >= table().byte_of.size() || table().byte_of[c] < 0) return std::nullopt;
    bytes.push_back(char(table().byte_of[c]));
  }
  return bytes;
}

}  // namespace paperphone::agent
