#include "env/task/answer.h"

#include "env/app/calendar.h"
#include "env/task/answer/count.h"
#include "env/task/answer/date.h"
#include "env/task/answer/filler.h"
#include "env/task/answer/length.h"
#include "env/task/answer/money.h"
#include "env/task/answer/name.h"
#include "env/task/answer/plain_text.h"
#include "env/task/answer/time_of_day.h"
#include "env/task/answer/yes_no.h"

namespace paperphone::task {

using app::floor_div;
using app::floor_mod;
using app::Kind;
using app::kMinutesPerDay;

namespace {

using Plain = std::u32string_view;

bool is_same_count(const AnswerKey& key, Plain truth, Plain text, Plain whole) {
  Reader reader(truth);
  const auto number = read_number(reader);
  return number && reader.done() && is_count(*number / kOne, text, whole, key.asked);
}

bool is_same_money(Plain truth, Plain text) {
  const auto fen = read_money(truth);
  return fen && fen == read_money(text);
}

std::optional<DateReading> read_whole_date(const AnswerKey& key, Plain text) {
  Reader reader(text);
  const auto date = read_date(reader, floor_div(key.now, kMinutesPerDay));
  return reader.done() ? date : std::nullopt;
}

// The day that a truth names; without a year it is of this one.
std::optional<std::int64_t> day_of(const AnswerKey& key,
                                   const std::optional<DateReading>& truth) {
  if (!truth || truth->day) return truth ? truth->day : std::nullopt;
  const auto today = app::civil_from_days(floor_div(key.now, kMinutesPerDay));
  return app::days_from_civil({today.year, truth->month, truth->day_of_month});
}

bool is_same_day(const AnswerKey& key, std::int64_t truth, const DateReading& reading) {
  return is_day(reading, truth, floor_div(key.now, kMinutesPerDay),
                key.is_year_asked ? YearRule::kThisOrNearest : YearRule::kAny);
}

bool is_same_date(const AnswerKey& key, Plain truth, Plain text) {
  const auto day = day_of(key, read_whole_date(key, truth));
  const auto reading = read_whole_date(key, text);
  return day && reading && is_same_day(key, *day, *reading);
}

std::optional<TimeReading> read_whole_time(Plain text) {
  Reader reader(text);
  const auto time = read_time(reader);
  return reader.done() ? time : std::nullopt;
}

// The phone's own clock may leave out the half of the day.
bool is_as_the_clock_shows(const AnswerKey& key, int truth,
                           const TimeReading& reading) {
  return !key.hour24 && !reading.has_half &&
         truth == floor_mod(key.now, kMinutesPerDay) &&
         truth % 720 == reading.minute % 720;
}

bool is_same_time(const AnswerKey& key, Plain truth_text, Plain text) {
  const auto truth = read_whole_time(truth_text), reading = read_whole_time(text);
  if (!truth || !reading) return false;
  return truth->minute == reading->minute ||
         is_as_the_clock_shows(key, truth->minute, *reading);
}

// 11月20日 08:30; a time alone is of today.
struct InstantReading {
  std::optional<DateReading> date;
  TimeReading time;
};
std::optional<InstantReading> read_instant(const AnswerKey& key, Plain text) {
  InstantReading instant;
  Reader reader(text);
  Reader ahead = reader;
  instant.date = read_date(ahead, floor_div(key.now, kMinutesPerDay));
  if (instant.date) {
    reader = ahead;
    reader.eat_any({U",", U"的", U"t", U"at"});
  }
  const auto time = read_time(reader);
  if (!time || !reader.done()) return std::nullopt;
  instant.time = *time;
  return instant;
}

bool is_same_instant(const AnswerKey& key, Plain truth_text, Plain text) {
  const auto truth = read_instant(key, truth_text), reading = read_instant(key, text);
  if (!truth || !reading || truth->time.minute != reading->time.minute) return false;
  const auto day = day_of(key, truth->date);
  if (!day) return false;
  const std::int64_t said = *day - (reading->time.next_day ? 1 : 0);
  if (reading->date) return is_same_day(key, said, *reading->date);
  return said == floor_div(key.now, kMinutesPerDay);
}

bool is_same_length(Plain truth_text, Plain text) {
  const auto truth = read_length(truth_text, 0);
  return truth && truth == read_length(text, 0);
}

bool is_same_yes_no(Plain truth_text, Plain text) {
  const auto truth = read_yes_no(truth_text);
  return truth && truth == read_yes_no(text);
}

// What follows `word` in a text up to a mark.
void add_phrase(Plain text, Plain word, std::vector<std::u32string>& phrases) {
  constexpr Plain kMarks = U"?？,，。(（!;、:\uFFFC";
  for (auto at = text.find(word); at != Plain::npos; at = text.find(word, at + 1)) {
    Plain phrase = text.substr(at + word.size());
    phrase = phrase.substr(0, phrase.find_first_of(kMarks));
    while (phrase.ends_with(U' ')) phrase.remove_suffix(1);
    if (!phrase.empty()) phrases.emplace_back(phrase);
  }
}

}  // namespace

void read_wording(const app::Template& question, AnswerKey& key) {
  std::string literals;
  for (const app::TemplatePiece& piece : question.pieces())
    literals += piece.expr.empty() ? piece.literal : "\uFFFC";
  const std::u32string text = plain_text(literals);
  for (const Plain word : {U"多少", U"几", U"单位", U"how many "})
    add_phrase(text, word, key.asked);
  if (text.find(U"几月几") != text.npos) key.is_year_asked = false;
  for (const Plain word : {U"多长", U"时长", U"how long"})
    if (text.find(word) != text.npos) key.is_length = true;
}

bool is_right(const AnswerKey& key, std::string_view answer) {
  const std::u32string truth = plain_text(key.truth), given = plain_text(answer);
  if (given.empty() || truth.empty()) return false;
  if (given == truth) return true;
  const Plain text = without_filler(given, key.type.kind);
  switch (key.type.kind) {
    case Kind::kInt:
    case Kind::kSeed:
      return is_same_count(key, truth, text, without_filler(given, Kind::kNone));
    case Kind::kMoney:
      return is_same_money(truth, text);
    case Kind::kDate:
      return is_same_date(key, truth, text);
    case Kind::kTime:
      return is_same_time(key, truth, text);
    case Kind::kInstant:
      return is_same_instant(key, truth, text);
    case Kind::kBool:
      return is_same_yes_no(truth, text);
    case Kind::kText:
    case Kind::kRef:
      return is_name(truth, given, key.type.kind) ||
             (key.is_length && is_same_length(truth, text));
    case Kind::kNone:
      return false;
  }
  return false;
}

}  // namespace paperphone::task
