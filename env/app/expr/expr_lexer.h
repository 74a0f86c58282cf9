// Expressions as words and signs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paperphone::app {

struct Token {
  enum class Kind : std::uint8_t { kEnd, kName, kInt, kMoney, kText, kSign };
  Kind kind = Kind::kEnd;
  std::string text;         // name, sign, or the text without quotes
  std::int64_t number = 0;  // kInt; kMoney: fen
  std::size_t offset = 0;   // bytes from the start
  bool is(std::string_view sign_or_name) const {
    return (kind == Kind::kSign || kind == Kind::kName) && text == sign_or_name;
  }
};

// The last token is kEnd. Throws ExprError.
std::vector<Token> tokenize(std::string_view text);

}  // namespace paperphone::app
