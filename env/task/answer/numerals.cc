#include "env/task/answer/numerals.h"

#include <algorithm>
#include <string>

namespace paperphone::task {
namespace {

constexpr std::int64_t kLimit = 1'000'000'000'000;  // of ones

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::optional<int> character_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
  if (c == U'〇') return 0;
  const auto at = kDigits.find(c);
  return at == std::u32string_view::npos ? std::nullopt : std::optional(int(at));
}

// Digits with their decimal point: mantissa / 10^decimals.
struct Literal {
  std::int64_t mantissa = 0;
  int decimals = 0;

  std::optional<Millionths> times(std::int64_t unit) const {
    std::int64_t value = mantissa, scale = unit;
    int left = decimals - 6;  // to be divided away, or multiplied in if negative
    for (; left > 0 && scale % 10 == 0; --left) scale /= 10;
    for (; left > 0 && value % 10 == 0; --left) value /= 10;
    if (left > 0) return std::nullopt;
    for (; left < 0; ++left)
      if (__builtin_mul_overflow(value, std::int64_t(10), &value)) return std::nullopt;
    if (__builtin_mul_overflow(value, scale, &value)) return std::nullopt;
    if (value / kOne >= kLimit) return std::nullopt;
    return value;
  }
};

// The digits ahead, and whether commas stand between all groups of three or nowhere.
std::optional<Literal> read_literal(Reader& reader) {
  Literal literal;
  int significant = 0;
  const auto take = [&] {
    if (literal.mantissa > 0 || reader.peek() != U'0') ++significant;
    if (significant <= 18)
      literal.mantissa = literal.mantissa * 10 + (reader.peek() - U'0');
    reader.skip();
  };
  if (!is_digit(reader.peek())) return std::nullopt;
  int group = 0;
  for (; is_digit(reader.peek()); ++group) take();
  bool grouped = group <= 3 && literal.mantissa > 0;
  while (reader.peek() == U',' && is_digit(reader.peek(1))) {
    if (!grouped) return std::nullopt;
    reader.skip();
    for (group = 0; is_digit(reader.peek()); ++group) take();
    grouped = group == 3;
    if (!grouped) return std::nullopt;
  }
  if (reader.peek() == U'.' && is_digit(reader.peek(1))) {
    reader.skip();
    std::size_t length = 0, without_zeros = 0;  // 12.80 is 12.8
    for (; is_digit(reader.peek(length)); ++length)
      if (reader.peek(length) != U'0') without_zeros = length + 1;
    if (without_zeros > 20) return std::nullopt;
    for (std::size_t i = 0; i < without_zeros; ++i) take();
    literal.decimals = int(without_zeros);
    reader.skip(length - without_zeros);
  }
  if (significant > 18) return std::nullopt;
  return literal;
}

std::int64_t eat_unit(Reader& reader) {
  if (reader.eat(U"亿")) return 100'000'000;
  if (reader.eat(U"万") || reader.eat(U"w")) return 10'000;
  if (reader.eat(U"千") || reader.eat(U"k")) return 1'000;
  if (reader.eat(U"百")) return 100;
  return 1;
}

// 3万2千5百, 3万2, 1亿零5万: coefficients in digits, units that get smaller.
std::optional<Millionths> read_digits_with_units(Reader& reader) {
  std::int64_t total = 0, before = 0;  // before: the unit to the left; 0: none yet
  while (true) {
    const bool zero = before > 0 && reader.eat(U"零");
    if (before > 0 && !is_digit(reader.peek())) {
      if (zero) return std::nullopt;
      return total;
    }
    const auto literal = read_literal(reader);
    if (!literal) return std::nullopt;
    std::int64_t unit = eat_unit(reader);
    if (before > 0 && (unit >= before || literal->decimals > 0)) return std::nullopt;
    if (before > 0 && unit == 1 && !zero && literal->mantissa < before / 10) {
      if (literal->mantissa > 9) return std::nullopt;  // 3万20: of what?
      unit = before / 10;                              // 3万2
      before = 1;
    }
    const auto part = literal->times(unit);
    if (!part || (before > 1 && *part >= before * kOne)) return std::nullopt;
    total += *part;
    if (total / kOne >= kLimit) return std::nullopt;
    if (unit == 1 || before == 1 || literal->decimals > 0) return total;
    before = unit;
  }
}

// A number up to 九千九百九十九 and how it was written.
struct Section {
  std::int64_t value = 0;
  bool is_single_digit = false;  // 二
  bool is_short = false;         // 一百二, which is 120
  bool zero_in_front = false;    // 零五
};

std::int64_t small_unit(char32_t c) {
  return c == U'千' ? 1'000 : c == U'百' ? 100 : c == U'十' ? 10 : 1;
}

std::optional<Section> read_section(Reader& reader) {
  Section section;
  std::int64_t before = 10'000;
  bool any = false, zero = false;
  while (true) {
    const char32_t c = reader.peek();
    if (c == U'零' || c == U'〇') {
      if (zero) return std::nullopt;
      zero = true;
      section.zero_in_front |= !any;
      reader.skip();
      continue;
    }
    std::int64_t digit = 0, unit = 1;
    if (c == U'十' || c == U'廿' || c == U'卅') {
      if (any || zero) break;
      digit = c == U'十' ? 1 : c == U'廿' ? 2 : 3;
      unit = 10;
      reader.skip();
    } else if (c == U'两') {
      unit = small_unit(reader.peek(1));
      if (any || zero || unit == 10) break;
      digit = 2;
      reader.skip(unit > 1 ? 2 : 1);
    } else if (const auto d = character_digit(c); d && *d > 0) {
      digit = *d;
      unit = small_unit(reader.peek(1));
      reader.skip(unit > 1 ? 2 : 1);
    } else {
      break;
    }
    if (unit >= before || (zero && any && unit * 10 >= before)) return std::nullopt;
    section.is_short = unit == 1 && any && !zero && before > 10;
    section.is_single_digit = unit == 1 && !any && !zero;
    section.value += digit * (section.is_short ? before / 10 : unit);
    any = true;
    zero = false;
    before = unit;
    if (unit == 1) break;
  }
  if (zero && any) return std::nullopt;
  if (!any && !zero) return std::nullopt;
  return section;
}

// 三点五: digits behind the point, one by one.
std::optional<Millionths> read_character_decimals(Reader& reader) {
  if (reader.peek() != U'点' || !character_digit(reader.peek(1))) return 0;
  reader.skip();
  Millionths value = 0, place = kOne;
  while (const auto digit = character_digit(reader.peek())) {
    place /= 10;
    if (place == 0 && *digit > 0) return std::nullopt;
    value += *digit * place;
    reader.skip();
  }
  return value;
}

bool begins_characters(char32_t c) {
  return character_digit(c) || c == U'两' || c == U'十' || c == U'廿' || c == U'卅';
}

// 三万二千, 三万二, 三万零五, 一亿零五百万, 三点五万.
std::optional<Millionths> read_characters(Reader& reader) {
  std::int64_t total = 0, before = 0;  // before: 亿 or 万 to the left; 0: none yet
  while (true) {
    if (before > 0 && !begins_characters(reader.peek())) return total * kOne;
    const auto section = read_section(reader);
    if (!section) return std::nullopt;
    const auto decimals = before == 0 ? read_character_decimals(reader) : 0;
    if (!decimals) return std::nullopt;
    const std::int64_t unit = reader.eat(U"亿")   ? 100'000'000
                              : reader.eat(U"万") ? 10'000
                                                  : 1;
    if (*decimals > 0) return (section->value * kOne + *decimals) * unit;
    if (unit > 1 && (section->is_short || (before > 0 && unit >= before)))
      return std::nullopt;
    const bool is_short = before > 0 && unit == 1 && section->is_single_digit;
    total += section->value * (is_short ? before / 10 : unit);
    if (unit == 1) return total * kOne;
    before = unit;
  }
}

std::optional<Millionths> read_english(Reader& reader) {
  constexpr std::u32string_view kSmall[] = {
      U"zero",    U"one",     U"two",       U"three",    U"four",
      U"five",    U"six",     U"seven",     U"eight",    U"nine",
      U"ten",     U"eleven",  U"twelve",    U"thirteen", U"fourteen",
      U"fifteen", U"sixteen", U"seventeen", U"eighteen", U"nineteen"};
  constexpr std::u32string_view kTens[] = {U"twenty", U"thirty",  U"forty",  U"fifty",
                                           U"sixty",  U"seventy", U"eighty", U"ninety"};
  for (std::size_t i = 0; i < std::size(kSmall); ++i)
    if (reader.eat(kSmall[i])) return std::int64_t(i) * kOne;
  for (std::size_t i = 0; i < std::size(kTens); ++i) {
    if (!reader.eat(kTens[i])) continue;
    const std::int64_t tens = 10 * (std::int64_t(i) + 2);
    const bool dash = reader.eat(U"-");
    for (std::size_t ones = 1; ones < 10; ++ones)
      if (reader.eat(kSmall[ones])) return (tens + std::int64_t(ones)) * kOne;
    if (dash) return std::nullopt;
    return tens * kOne;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Millionths> read_number(Reader& reader) {
  reader.skip_space();
  const bool negative = reader.eat(U"-") || reader.eat(U"负");
  const char32_t c = reader.peek();
  const auto value = is_digit(c)              ? read_digits_with_units(reader)
                     : c >= U'a' && c <= U'z' ? read_english(reader)
                                              : read_characters(reader);
  if (!value) return std::nullopt;
  return negative ? -*value : *value;
}

bool begins_number(char32_t c) { return is_digit(c) || begins_characters(c); }

std::optional<Whole> read_whole(Reader& reader) {
  Whole whole;
  const bool zero_character = reader.peek() == U'零' && is_digit(reader.peek(1));
  if (zero_character) reader.skip();
  if (!is_digit(reader.peek())) {
    const auto section = read_section(reader);
    if (!section) return std::nullopt;
    return Whole{section->value, 0, section->zero_in_front};
  }
  whole.zero = zero_character || (reader.peek() == U'0' && is_digit(reader.peek(1)));
  for (; is_digit(reader.peek()); ++whole.digits) {
    if (whole.digits < 9) whole.value = whole.value * 10 + (reader.peek() - U'0');
    reader.skip();
  }
  if (whole.digits > 9) return std::nullopt;
  return whole;
}

std::optional<int> read_year_characters(Reader& reader) {
  int year = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto digit = character_digit(reader.peek(i));
    if (!digit) return std::nullopt;
    year = year * 10 + *digit;
  }
  reader.skip(4);
  return year;
}

}  // namespace paperphone::task
