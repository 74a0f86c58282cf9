#include "env/task/answer/count.h"

#include <algorithm>

#include "env/task/answer/length.h"
#include "env/task/answer/numerals.h"

namespace paperphone::task {
namespace {

// Words that count one thing each. 对, 打, 组 count several and are not among them.
constexpr std::u32string_view kMeasures[] = {
    U"个", U"条", U"位", U"名", U"人", U"件", U"项", U"篇", U"首", U"张", U"本",
    U"次", U"家", U"部", U"款", U"站", U"只", U"份", U"笔", U"台", U"辆", U"座",
    U"趟", U"班", U"封", U"则", U"集", U"门", U"道", U"种", U"场", U"步"};

bool is_measure(std::u32string_view tail) {
  return tail.empty() || std::find(std::begin(kMeasures), std::end(kMeasures), tail) !=
                             std::end(kMeasures);
}

// A beginning of what was asked for, whole words of it in English.
bool begins(std::u32string_view tail, std::u32string_view asked) {
  const auto is_letter = [](char32_t c) { return c >= U'a' && c <= U'z'; };
  if (tail.starts_with(U' ')) tail.remove_prefix(1);
  if (!asked.starts_with(tail)) return false;
  return tail.size() == asked.size() || tail.empty() || !is_letter(tail.back()) ||
         !is_letter(asked[tail.size()]);
}

// Other ways to write the unit that was asked for.
bool is_megabytes(std::u32string_view tail, std::u32string_view asked) {
  if (tail.starts_with(U' ')) tail.remove_prefix(1);
  return asked.starts_with(U"mb") &&
         (tail == U"m" || tail == U"兆" || tail == U"兆字节");
}

bool says_none(std::u32string_view text) {
  constexpr std::u32string_view kNone[] = {U"没有", U"无", U"none", U"no"};
  return std::find(std::begin(kNone), std::end(kNone), text) != std::end(kNone);
}

}  // namespace

bool is_count(std::int64_t truth, std::u32string_view text, std::u32string_view whole,
              std::span<const std::u32string> asked) {
  for (const std::u32string& phrase : asked) {
    const std::int64_t unit = unit_of_length(phrase);
    if (unit == 0) continue;
    const auto length = read_length(text, unit);
    return length && *length % (kOne * unit) == 0 && *length / (kOne * unit) == truth;
  }
  if (truth == 0 && says_none(whole)) return true;
  Reader reader(text);
  const auto number = read_number(reader);
  if (!number || *number % kOne != 0 || *number / kOne != truth) return false;
  const auto tail = reader.rest();
  return is_measure(tail) ||
         std::any_of(asked.begin(), asked.end(), [&](const std::u32string& phrase) {
           return begins(tail, phrase) || is_megabytes(tail, phrase);
         });
}

}  // namespace paperphone::task
