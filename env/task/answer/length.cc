#include "env/task/answer/length.h"

namespace paperphone::task {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 3600, kDay = 86400, kWeek = 7 * kDay;

// 0: none ahead.
std::int64_t eat_unit(Reader& reader) {
  if (reader.eat_any({U"个星期", U"星期", U"周", U"weeks", U"week"})) return kWeek;
  if (reader.eat_any({U"天", U"days", U"day"})) return kDay;
  if (reader.eat_any({U"个小时", U"小时", U"个钟头", U"钟头", U"hours", U"hour", U"hrs",
                      U"hr", U"h"}))
    return kHour;
  if (reader.eat_any({U"刻钟"})) return 15 * kMinute;
  if (reader.eat_any({U"分钟", U"分", U"minutes", U"minute", U"mins", U"min", U"m"}))
    return kMinute;
  if (reader.eat_any({U"秒钟", U"秒", U"seconds", U"second", U"secs", U"sec", U"s"}))
    return 1;
  return 0;
}

// 3:05 and 1:03:05.
std::optional<Millionths> read_colons(Reader reader) {
  std::int64_t seconds = 0;
  for (int parts = 1;; ++parts) {
    const auto part = read_whole(reader);
    if (!part || part->digits == 0 || part->digits > 3) return std::nullopt;
    if (parts > 1 && (part->digits != 2 || part->value > 59)) return std::nullopt;
    seconds = seconds * 60 + part->value;
    if (reader.done() && parts > 1) return seconds * kOne;
    if (parts == 3 || !reader.eat(U":")) return std::nullopt;
  }
}

}  // namespace

std::optional<Millionths> read_length(std::u32string_view text, std::int64_t bare) {
  Reader reader(text);
  if (const auto colons = read_colons(reader)) return colons;
  Millionths total = 0;
  std::int64_t before = 0;  // the unit to the left; 0: none yet
  while (!reader.done()) {
    if (before > 0 && !reader.eat(U"零")) reader.eat_any({U"又", U"and"});
    std::optional<Millionths> number;
    bool half_behind = false;
    if (reader.eat(U"半")) {
      number = kOne / 2;
    } else {
      number = read_number(reader);
      if (!number || *number < 0) return std::nullopt;
      half_behind = reader.eat(U"个半");  // 一个半小时
    }
    std::int64_t unit = eat_unit(reader);
    if (unit == 0) {
      if (before > 0 || half_behind || !reader.done()) return std::nullopt;
      unit = bare;
    }
    if (unit == 0 || (before > 0 && unit >= before)) return std::nullopt;
    if (half_behind && unit != kHour && unit != kWeek) return std::nullopt;
    if (!half_behind && unit > 1 && reader.eat(U"半"))
      half_behind = true;  // 两小时半, 五分半
    Millionths part = 0;
    if (__builtin_mul_overflow(*number + (half_behind ? kOne / 2 : 0), unit, &part) ||
        __builtin_add_overflow(total, part, &total))
      return std::nullopt;
    before = unit;
  }
  if (before == 0) return std::nullopt;
  return total;
}

std::int64_t unit_of_length(std::u32string_view phrase) {
  Reader reader(phrase);
  if (reader.eat_any({U"分钟", U"minutes"})) return kMinute;
  if (reader.eat_any({U"个小时", U"小时", U"hours"})) return kHour;
  if (reader.eat_any({U"秒", U"seconds"})) return 1;
  if (reader.eat_any({U"天", U"days"})) return kDay;
  return 0;
}

}  // namespace paperphone::task
