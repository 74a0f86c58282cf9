#include "env/app/expr/expr_lexer.h"

#include <fmt/format.h>

#include <charconv>

#include "env/app/expr/expr_parser.h"
#include "env/base/utf8.h"

namespace paperphone::app {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Characters of words beyond ASCII: not the punctuation, nor the spaces.
bool is_word_character(char32_t c) {
  const auto within = [c](char32_t low, char32_t high) { return low <= c && c <= high; };
  if (c < 0xC0 || c == 0xFFFD) return false;
  return !within(0x2000, 0x206F) && !within(0x3000, 0x3004) && !within(0x3008, 0x3020) &&
         !within(0xFF00, 0xFF0F) && !within(0xFF1A, 0xFF20) && !within(0xFF3B, 0xFF40) &&
         !within(0xFF5B, 0xFF65);
}

std::string one_code_point(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  next_code_point(text, at);
  return std::string(text.substr(start, at - start));
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    do {
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
      tokens.push_back(next());
    } while (tokens.back().kind != Token::Kind::kEnd);
    return tokens;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  Token next() {
    Token token;
    token.offset = at_;
    if (at_ >= text_.size()) return token;
    if (is_digit(peek())) return number();
    if (peek() == '\'') return quoted();
    return word_length() > 0 ? name() : sign();
  }

  // Bytes of the letter here; 0: there is none.
  std::size_t word_length() const {
    if (is_letter(peek())) return 1;
    if (at_ >= text_.size() || static_cast<unsigned char>(peek()) < 0x80) return 0;
    std::size_t end = at_;
    return is_word_character(next_code_point(text_, end)) ? end - at_ : 0;
  }

  // Names are ASCII; a word of other letters stands for itself.
  Token name() {
    const bool ascii = is_letter(peek());
    Token token{.kind = ascii ? Token::Kind::kName : Token::Kind::kText, .offset = at_};
    while (const std::size_t length = is_digit(peek()) ? 1 : word_length()) {
      token.text += text_.substr(at_, length);
      at_ += length;
    }
    return token;
  }

  Token number() {
    Token token{.kind = Token::Kind::kInt, .offset = at_};
    const std::size_t start = at_;
    while (is_digit(peek())) ++at_;
    if (word_length() > 1) {  // 3天
      at_ = start;
      return name();
    }
    const std::string_view whole = text_.substr(start, at_ - start);
    const auto [end, error] =
        std::from_chars(whole.data(), whole.data() + whole.size(), token.number);
    constexpr std::int64_t kLargest = 1'000'000'000'000'000;
    if (error != std::errc() || token.number > kLargest)
      throw ExprError{start, fmt::format("the number {} is too large", whole)};
    if (peek() == '.' && is_digit(peek(1))) {
      if (!is_digit(peek(2)) || is_digit(peek(3)))
        throw ExprError{start, "money is written with two decimals, like 12.80"};
      token.kind = Token::Kind::kMoney;
      token.number = token.number * 100 + (peek(1) - '0') * 10 + (peek(2) - '0');
      at_ += 3;
    }
    if (is_letter(peek()))
      throw ExprError{start, "a name cannot begin with a digit"};
    return token;
  }

  Token quoted() {
    Token token{.kind = Token::Kind::kText, .offset = at_};
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\'') {
        ++at_;
        if (peek() != '\'') return token;  // '' inside stands for one quote
      }
      token.text += text_[at_];
    }
    throw ExprError{token.offset, "the text that begins here has no closing '"};
  }

  Token sign() {
    Token token{.kind = Token::Kind::kSign, .offset = at_};
    for (const std::string_view two : {"==", "!=", "<=", ">="}) {
      if (text_.substr(at_, 2) != two) continue;
      at_ += 2;
      token.text = two;
      return token;
    }
    constexpr std::string_view kSigns = "+-*/%<>().,";
    if (kSigns.find(peek()) == std::string_view::npos) {
      const std::string_view hint = peek() == '='   ? "; write == to compare"
                                    : peek() == '"' ? "; texts stand in 'single quotes'"
                                : peek() == '!' ? "; write `not`"
                                : peek() == '&' ? "; write `and`"
                                : peek() == '|' ? "; write `or`"
                                                    : "";
      throw ExprError{at_, fmt::format("'{}' is not part of the language{}",
                                       one_code_point(text_, at_), hint)};
    }
    token.text = text_[at_++];
    return token;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  if (text.size() > kMaxExprBytes)
    throw ExprError{0, fmt::format("the expression has {} bytes; at most {}",
                                   text.size(), kMaxExprBytes)};
  return Lexer(text).run();
}

}  // namespace paperphone::app
