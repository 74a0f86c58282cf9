// A text and a place in it. The grammars of this folder eat their way forward; what
// they have not eaten at the end makes the answer wrong.
#pragma once

#include <initializer_list>
#include <string_view>

namespace paperphone::task {

class Reader {
 public:
  explicit Reader(std::u32string_view text) : text_(text) {}

  bool done() const { return at_ == text_.size(); }
  char32_t peek(std::size_t ahead = 0) const {  // 0 behind the end
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0';
  }
  void skip(std::size_t count = 1) { at_ += count; }
  bool skip_space() { return eat_plain(U" "); }
  std::u32string_view rest() const { return text_.substr(at_); }

  // An English word may have a space in front of it, and no letter may follow it: "pm"
  // is not the beginning of "pmx", nor "m" that of "mb".
  bool eat(std::u32string_view word) {
    if (!is_letter(word.front())) return eat_plain(word);
    const std::size_t start = at_;
    skip_space();
    if (eat_plain(word) && !(is_letter(word.back()) && is_letter(peek()))) return true;
    at_ = start;
    return false;
  }
  bool eat_any(std::initializer_list<std::u32string_view> words) {
    for (const auto word : words)
      if (eat(word)) return true;
    return false;
  }

 private:
  static bool is_letter(char32_t c) { return c >= U'a' && c <= U'z'; }
  bool eat_plain(std::u32string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
};

}  // namespace paperphone::task
