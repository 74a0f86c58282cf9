#include "env/task/answer/date.h"

#include <algorithm>
#include <cstdlib>

#include "env/task/answer/numerals.h"

namespace paperphone::task {

using app::civil_from_days;
using app::CivilDate;
using app::days_from_civil;

namespace {

bool exists(const CivilDate& date) {
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return false;
  return civil_from_days(days_from_civil(date)) == date;
}

std::optional<DateReading> exactly(std::int64_t day) {
  DateReading reading;
  reading.day = day;
  return reading;
}

std::optional<DateReading> exactly(const CivilDate& date) {
  return exists(date) ? exactly(days_from_civil(date)) : std::nullopt;
}

std::optional<DateReading> of_some_year(std::int64_t month, std::int64_t day) {
  if (!exists({2024, int(month), int(day)})) return std::nullopt;  // a leap year
  DateReading reading;
  reading.month = int(month);
  reading.day_of_month = int(day);
  return reading;
}

std::optional<DateReading> of_year(std::optional<std::int64_t> year, std::int64_t month,
                                   std::int64_t day) {
  if (month > 12 || day > 31) return std::nullopt;
  return year ? exactly(CivilDate{*year, int(month), int(day)})
              : of_some_year(month, day);
}

// 一 to 六, 日, 天; Sunday is 0, -1: none.
int eat_day_of_week(Reader& reader) {
  constexpr std::u32string_view kDays[] = {U"日", U"一", U"二", U"三",
                                           U"四", U"五", U"六"};
  for (int i = 0; i < 7; ++i)
    if (reader.eat(kDays[i])) return i;
  if (reader.eat(U"天")) return 0;
  return -1;
}

int eat_weekday(Reader& reader) {
  constexpr std::u32string_view kLong[] = {U"sunday",    U"monday",   U"tuesday",
                                           U"wednesday", U"thursday", U"friday",
                                           U"saturday"};
  constexpr std::u32string_view kShort[] = {U"sun", U"mon", U"tue", U"wed",
                                            U"thu", U"fri", U"sat"};
  if (reader.eat_any({U"周", U"星期", U"礼拜"})) return eat_day_of_week(reader);
  for (int i = 0; i < 7; ++i)
    if (reader.eat(kLong[i]) || reader.eat(kShort[i])) return i;
  return -1;
}

int eat_english_month(Reader& reader) {
  constexpr std::u32string_view kLong[] = {
      U"january", U"february", U"march",     U"april",   U"may",      U"june",
      U"july",    U"august",   U"september", U"october", U"november", U"december"};
  for (int i = 0; i < 12; ++i)
    if (reader.eat(kLong[i]) || reader.eat(kLong[i].substr(0, 3))) {
      reader.eat(U".");
      return i + 1;
    }
  return reader.eat(U"sept") ? 9 : 0;
}

std::optional<std::int64_t> read_english_day(Reader& reader) {
  reader.skip_space();
  const auto day = read_whole(reader);
  if (!day || day->digits == 0 || day->digits > 2) return std::nullopt;
  reader.eat_any({U"st", U"nd", U"rd", U"th"});
  return day->value;
}

// ", 2025" or " 2025"; nothing: no year. nullopt: something that is no year.
bool eat_english_year(Reader& reader, std::optional<std::int64_t>* year) {
  const bool comma = reader.eat(U",");
  if (!comma && reader.peek() != U' ') return true;
  if (reader.peek() == U' ' && !(reader.peek(1) >= U'0' && reader.peek(1) <= U'9'))
    return !comma;
  Reader ahead = reader;
  ahead.skip_space();
  const auto number = read_whole(ahead);
  if (!number || number->digits != 4) return !comma;
  reader = ahead;
  *year = number->value;
  return true;
}

std::optional<DateReading> read_english(Reader& reader) {
  std::optional<std::int64_t> year, day;
  int month = eat_english_month(reader);
  if (month > 0) {
    day = read_english_day(reader);
  } else {
    day = read_english_day(reader);
    reader.eat(U"of");
    month = eat_english_month(reader);
  }
  if (!day || month == 0 || !eat_english_year(reader, &year)) return std::nullopt;
  return of_year(year, month, *day);
}

std::int64_t week_start(std::int64_t today) {
  return today - (app::weekday(today) + 6) % 7;  // Monday
}

// Words that count from today; nullopt: none of them stands here.
std::optional<std::int64_t> read_relative(Reader& reader, std::int64_t today) {
  struct Word {
    std::u32string_view text;
    int days;
  };
  constexpr Word kWords[] = {{U"大后天", 3},    {U"后天", 2},     {U"明天", 1},
                             {U"明日", 1},      {U"今天", 0},     {U"今日", 0},
                             {U"昨天", -1},     {U"昨日", -1},    {U"大前天", -3},
                             {U"前天", -2},     {U"tomorrow", 1}, {U"today", 0},
                             {U"yesterday", -1}};
  for (const Word& word : kWords)
    if (reader.eat(word.text)) return today + word.days;
  constexpr Word kHalves[] = {{U"今", 0}, {U"明", 1}, {U"昨", -1}};  // 今早, 明晚
  for (const Word& word : kHalves)
    if (reader.peek() == word.text[0] &&
        (reader.peek(1) == U'早' || reader.peek(1) == U'晚')) {
      reader.skip();
      return today + word.days;
    }
  Reader ahead = reader;
  const std::int64_t monday = week_start(today);
  int weeks = 0;
  if (ahead.eat_any({U"下下个", U"下下"})) {
    weeks = 2;
  } else if (ahead.eat_any({U"下个", U"下"})) {
    weeks = 1;
  } else if (ahead.eat_any({U"上个", U"上"})) {
    weeks = -1;
  } else {
    ahead.eat_any({U"这个", U"这", U"本"});
  }
  if (const int weekday = eat_weekday(ahead); weekday >= 0) {
    reader = ahead;
    return monday + 7 * weeks + (weekday + 6) % 7;
  }
  return std::nullopt;
}

// 3天后, 3天前.
std::optional<std::int64_t> read_days_away(Reader& reader, std::int64_t today) {
  Reader ahead = reader;
  const auto days = read_whole(ahead);
  if (!days || days->value > 100'000 || !ahead.eat(U"天")) return std::nullopt;
  const bool later = ahead.eat_any({U"后", U"之后", U"以后"});
  if (!later && !ahead.eat_any({U"前", U"之前", U"以前"})) return std::nullopt;
  reader = ahead;
  return later ? today + days->value : today - days->value;
}

// 2025年, 25年, 二〇二五年, 今年, 明年, 去年.
std::optional<std::int64_t> eat_year(Reader& reader, std::int64_t this_year) {
  if (reader.eat(U"今年")) return this_year;
  if (reader.eat(U"明年")) return this_year + 1;
  if (reader.eat(U"去年")) return this_year - 1;
  if (reader.eat(U"前年")) return this_year - 2;
  Reader ahead = reader;
  std::optional<std::int64_t> year;
  if (const auto characters = read_year_characters(ahead)) {
    year = *characters;
  } else if (const auto number = read_whole(ahead); number && number->digits == 4) {
    year = number->value;
  } else if (number && number->digits == 2) {
    year = 2000 + number->value;
  }
  if (!year || !ahead.eat(U"年")) return std::nullopt;
  reader = ahead;
  return year;
}

// 11月20日, 11月20, 本月20号, 20号; the year may stand in front.
std::optional<DateReading> read_chinese(Reader& reader, const CivilDate& now) {
  const auto year = eat_year(reader, now.year);
  const auto end_day = [&] { return reader.eat_any({U"日", U"号"}); };
  int months_on = 0;
  if (reader.eat_any({U"下个月", U"下月"})) {
    months_on = 1;
  } else if (reader.eat_any({U"上个月", U"上月"})) {
    months_on = -1;
  } else if (!reader.eat_any({U"这个月", U"本月", U"这月"})) {
    const auto first = read_whole(reader);
    if (!first || first->value > 31 || first->digits > 2) return std::nullopt;
    if (!reader.eat(U"月")) {  // 20号
      if (year || !end_day()) return std::nullopt;
      return exactly(CivilDate{now.year, now.month, int(first->value)});
    }
    const auto day = read_whole(reader);
    if (!day || day->digits > 2) return std::nullopt;
    end_day();
    return of_year(year, first->value, day->value);
  }
  const auto day = read_whole(reader);
  if (year || !day || day->value > 31 || !end_day()) return std::nullopt;
  const std::int64_t month = now.year * 12 + now.month - 1 + months_on;
  return exactly(CivilDate{month / 12, int(month % 12) + 1, int(day->value)});
}

// 2025-11-20, 11/20, 11.20, 11/20/2025, 20251120.
std::optional<DateReading> read_digits(Reader& reader) {
  const auto first = read_whole(reader);
  if (!first || first->digits == 0) return std::nullopt;
  if (first->digits == 8)
    return of_year(first->value / 10000, first->value / 100 % 100, first->value % 100);
  const char32_t mark = reader.peek();
  if (mark != U'-' && mark != U'/' && mark != U'.') return std::nullopt;
  reader.skip();
  const auto second = read_whole(reader);
  if (!second || second->digits == 0 || second->digits > 2) return std::nullopt;
  if (reader.peek() != mark) {
    if (first->digits > 2) return std::nullopt;
    return of_year(std::nullopt, first->value, second->value);
  }
  reader.skip();
  const auto third = read_whole(reader);
  if (!third || third->digits == 0) return std::nullopt;
  if (first->digits == 4 && third->digits <= 2)
    return of_year(first->value, second->value, third->value);
  if (first->digits <= 2 && third->digits == 4)  // the month first, as in English
    return of_year(third->value, first->value, second->value);
  return std::nullopt;
}

std::optional<DateReading> read_day(Reader& reader, std::int64_t today) {
  if (const auto day = read_relative(reader, today)) return exactly(*day);
  if (const auto day = read_days_away(reader, today)) return exactly(*day);
  for (const auto& read :
       {+[](Reader&r, const CivilDate&now) { return read_chinese(r, now); },
        +[](Reader&r, const CivilDate&) { return read_digits(r); },
        +[](Reader&r, const CivilDate&) { return read_english(r); }}) {
    Reader ahead = reader;
    if (const auto date = read(ahead, civil_from_days(today))) {
      reader = ahead;
      return date;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<DateReading> read_date(Reader& reader, std::int64_t today) {
  Reader behind_weekday = reader;  // "Thu, Nov 20", 周四11月20日
  const int before = eat_weekday(behind_weekday);
  if (before >= 0 && !behind_weekday.done()) {
    behind_weekday.eat(U",");
    behind_weekday.skip_space();
    if (auto date = read_day(behind_weekday, today)) {
      date->weekday = before;
      reader = behind_weekday;
      return date;
    }
  }
  auto date = read_day(reader, today);
  if (!date) return std::nullopt;
  Reader ahead = reader;
  const bool open = ahead.eat(U"(");
  if (!open) {
    ahead.eat(U",");
    ahead.skip_space();
  }
  if (const int weekday = eat_weekday(ahead);
      weekday >= 0 && (!open || ahead.eat(U")"))) {
    date->weekday = weekday;
    reader = ahead;
  }
  return date;
}

bool is_day(const DateReading& reading, std::int64_t day, std::int64_t today,
            YearRule rule) {
  if (reading.weekday && *reading.weekday != app::weekday(day)) return false;
  if (reading.day) return *reading.day == day;
  const CivilDate truth = civil_from_days(day);
  if (reading.month != truth.month || reading.day_of_month != truth.day) return false;
  const std::int64_t this_year = civil_from_days(today).year;
  if (rule == YearRule::kAny || truth.year == this_year) return true;
  const auto away = [&](std::int64_t other) { return std::abs(other - today); };
  for (std::int64_t year = this_year - 1; year <= this_year + 1; ++year) {
    const CivilDate other{year, truth.month, truth.day};
    if (exists(other) && away(days_from_civil(other)) < away(day)) return false;
  }
  return true;
}

}  // namespace paperphone::task
