#include "env/layout/text_lines.h"

#include "env/base/utf8.h"

namespace paperphone::layout {
namespace {

bool joins_words(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '.' || c == '-' || c == '_' || c == '@' || c == '%' || c == U'¥';
}

// May not begin a line.
bool closes(char32_t c) {
  return std::u32string_view(U"，。、；：？！）》」』”’…,.;:?!)]}%").find(c) !=
         std::u32string_view::npos;
}

bool may_break_between(char32_t a, char32_t b) {
  if (closes(b)) return false;
  if (a == U'（' || a == U'《' || a == U'「' || a == U'“') return false;
  return !(joins_words(a) && joins_words(b));
}

}  // namespace

std::vector<std::string> break_lines(std::string_view text, const FontMetrics& font,
                                     int size, int width, int max_lines) {
  const std::u32string chars = to_utf32(text);
  const int limit = width * 1024;
  std::vector<std::string> lines;
  std::size_t start = 0;
  while (start < chars.size() || lines.empty()) {
    const bool last = max_lines > 0 && int(lines.size()) + 1 == max_lines;
    int used = 0;
    std::size_t end = start, good = start;
    while (end < chars.size() && chars[end] != U'\n') {
      const int advance = font.advance(chars[end]) * size;
      if (used + advance > limit) break;
      used += advance;
      ++end;
      if (end == chars.size() || chars[end] == U'\n' ||
          may_break_between(chars[end - 1], chars[end])) {
        good = end;
      }
    }
    const bool fits_all = end == chars.size();
    if (last && !fits_all) {
      const int dots = font.advance(U'…') * size;
      while (end > start && used + dots > limit) {
        used -= font.advance(chars[--end]) * size;
      }
      lines.push_back(to_utf8(std::u32string_view(chars).substr(start, end - start)) +
                      "…");
      return lines;
    }
    if (end < chars.size() && chars[end] != U'\n' && good > start) end = good;
    if (end == start && end < chars.size() && chars[end] != U'\n') ++end;  // too narrow
    lines.push_back(to_utf8(std::u32string_view(chars).substr(start, end - start)));
    start = end;
    if (start < chars.size() && (chars[start] == U'\n' || chars[start] == U' '))
      ++start;
    if (start >= chars.size()) break;
  }
  return lines;
}

}  // namespace paperphone::layout
