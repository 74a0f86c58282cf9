#include "env/task/answer/name.h"

#include <algorithm>
#include <string>

#include "env/task/answer/filler.h"
#include "env/task/answer/plain_text.h"

namespace paperphone::task {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Without hyphens between digits; empty if it is no number of seven digits or more.
std::u32string telephone(std::u32string_view text) {
  std::u32string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      digits += text[i];
    } else if (text[i] != U'-' || i == 0 || i + 1 == text.size() ||
               text[i - 1] == U'-') {
      return {};
    }
  }
  return digits.size() >= 7 ? digits : std::u32string();
}

bool is_telephone(std::u32string_view truth, std::u32string_view text) {
  const std::u32string wanted = telephone(truth);
  if (wanted.empty()) return false;
  if (wanted.size() == 11 && text.starts_with(U"+86")) {
    text.remove_prefix(3);
    if (text.starts_with(U'-')) text.remove_prefix(1);
  }
  return telephone(text) == wanted;
}

// 8.0.50: digits and points only.
bool is_version(std::u32string_view text) {
  return is_digit(text.front()) && text.find(U'.') != text.npos &&
         std::all_of(text.begin(), text.end(),
                     [](char32_t c) { return is_digit(c) || c == U'.'; });
}

}  // namespace

bool is_name(std::u32string_view truth_with_spaces,
             std::u32string_view text_with_spaces, app::Kind kind) {
  const std::u32string truth = without_spaces(truth_with_spaces);
  const std::u32string text = without_spaces(text_with_spaces);
  if (truth.empty()) return false;
  const auto bare = without_quotes(truth);
  if (is_value_in_filler(text, truth, kind) || is_value_in_filler(text, bare, kind))
    return true;
  auto trimmed = without_filler(text, kind);
  if (is_telephone(bare, trimmed)) return true;
  return trimmed.starts_with(U'v') && is_version(bare) && trimmed.substr(1) == bare;
}

}  // namespace paperphone::task
