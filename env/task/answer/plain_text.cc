#include "env/task/answer/plain_text.h"

#include "env/base/utf8.h"

namespace paperphone::task {
namespace {

bool is_space(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0xA0 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0xFEFF;
}

char32_t plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c == 0xFFE5) return 0xA5;                 // ￥ to ¥
  if (c == 0x2212 || c == 0x2013) return U'-';  // minus and dash
  return c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c;
}

}  // namespace

std::u32string plain_text(std::string_view text) {
  std::u32string out;
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t raw = next_code_point(text, i);
    if (is_space(raw)) {
      gap = true;
      continue;
    }
    const char32_t c = plain(raw);
    if (gap && !out.empty() && out.back() < 0x80 && c < 0x80) out += U' ';
    gap = false;
    out += c;
  }
  return out;
}

std::u32string without_spaces(std::u32string_view plain) {
  std::u32string out;
  for (const char32_t c : plain)
    if (c != U' ') out += c;
  return out;
}

}  // namespace paperphone::task
