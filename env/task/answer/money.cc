#include "env/task/answer/money.h"

#include "env/task/answer/numerals.h"

namespace paperphone::task {
namespace {

constexpr Millionths kJiao = kOne / 10, kFen = kOne / 100;

bool eat_sign(Reader& reader) {
  return reader.eat_any({U"¥", U"人民币", U"rmb", U"cny"});
}
bool eat_jiao(Reader& reader) { return reader.eat_any({U"角", U"毛"}); }

// What follows 3块 or 3元: 5, 5角, 5毛2分, 零5分, 半. Nothing is 0.
std::optional<Millionths> read_small_money(Reader& reader) {
  if (reader.eat(U"半")) return 5 * kJiao;
  if (!begins_number(reader.peek())) return 0;
  const auto first = read_whole(reader);
  if (!first) return std::nullopt;
  // 零 in front of the number; in 05 the digits say it.
  const bool zero = first->zero && first->digits < 2;
  if (!zero && first->value < 10 && eat_jiao(reader)) {
    const Millionths jiao = first->value * kJiao;
    if (!begins_number(reader.peek())) return jiao;
    const auto fen = read_whole(reader);
    if (!fen || fen->value > 9) return std::nullopt;
    reader.eat(U"分");
    return jiao + fen->value * kFen;
  }
  if (first->value > 99) return std::nullopt;
  if (reader.eat(U"分")) return first->value * kFen;
  // Without a word: 3块5 is five jiao, 3块05, 3块50 and 三块零五 are fen.
  if (first->digits == 2 || (zero && first->value < 10)) return first->value * kFen;
  if (first->value > 9 || first->digits > 1) return std::nullopt;
  return first->value * kJiao;
}

std::optional<Millionths> read_amount(Reader& reader) {
  const bool sign = eat_sign(reader);
  if (sign) reader.skip_space();
  const auto number = read_number(reader);
  if (!number) return std::nullopt;
  const bool kuai = reader.eat(U"块");
  if (kuai || reader.eat_any({U"元", U"圆"})) {
    const auto small = read_small_money(reader);
    if (!small || (*small > 0 && *number % kOne != 0)) return std::nullopt;
    if (!(kuai || *small > 0 ? reader.eat(U"钱") : false)) reader.eat(U"整");
    if (!sign) reader.eat(U"人民币");
    return *number < 0 ? *number - *small : *number + *small;
  }
  if (sign) return number;
  if (*number >= 0 && *number < 10'000 * kOne) {
    if (eat_jiao(reader)) {
      const auto rest = begins_number(reader.peek()) ? read_whole(reader) : Whole{};
      if (!rest || rest->value > 9) return std::nullopt;
      if (rest->value > 0) reader.eat(U"分");
      reader.eat(U"钱");
      return *number / 10 + rest->value * kFen;
    }
    if (*number % 100 == 0 && reader.eat(U"分")) {
      reader.eat(U"钱");
      return *number / 100;
    }
  }
  reader.eat_any({U"yuan", U"rmb", U"cny", U"人民币"});
  return number;
}

}  // namespace

std::optional<std::int64_t> read_money(std::u32string_view text) {
  if (text == U"免费" || text == U"free") return 0;
  Reader reader(text);
  const auto amount = read_amount(reader);
  if (!amount || !reader.done() || *amount % kFen != 0) return std::nullopt;
  return *amount / kFen;
}

}  // namespace paperphone::task
