#include "env/app/expr/literals.h"

#include <fmt/format.h>

#include <charconv>

#include "env/app/calendar.h"
#include "env/app/load/loading.h"

namespace paperphone::app {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
  constexpr std::int64_t kLargest = 1'000'000'000'000'000;
  return value > kLargest || value < -kLargest ? std::nullopt : std::optional(value);
}

// "12.80" in fen.
std::optional<std::int64_t> money_number(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || text.size() - dot != 3) return std::nullopt;
  const auto yuan = whole_number(text.substr(0, dot));
  const auto fen = whole_number(text.substr(dot + 1));
  if (!yuan || !fen || *fen < 0 || text[dot + 1] == '+') return std::nullopt;
  return text[0] == '-' ? *yuan * 100 - *fen : *yuan * 100 + *fen;
}

// "today", "today+3", "now-45": how far from the word.
std::optional<std::int64_t> distance_from(std::string_view word,
                                          std::string_view text) {
  if (!text.starts_with(word)) return std::nullopt;
  text.remove_prefix(word.size());
  if (text.empty()) return 0;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  const auto distance = whole_number(text.substr(1));
  if (!distance || *distance < 0) return std::nullopt;
  return text[0] == '-' ? -*distance : *distance;
}

std::optional<Literal> number(std::optional<std::int64_t> n) {
  if (!n) return std::nullopt;
  return Literal{Value::of_int(*n)};
}

std::optional<Literal> day_or_moment(std::string_view text, Kind kind) {
  const std::string_view word = kind == Kind::kDate ? "today" : "now";
  if (const auto distance = distance_from(word, text))
    return Literal{Value::of_int(*distance), true};
  if (text.empty() || text == "none") return Literal{};
  if (kind == Kind::kDate) return number(parse_date(text));
  if (text.size() != 16 || text[10] != ' ') return std::nullopt;
  const auto day = parse_date(text.substr(0, 10));
  const auto minute = parse_time(text.substr(11));
  if (!day || !minute) return std::nullopt;
  return Literal{Value::of_int(*day * kMinutesPerDay + *minute)};
}

// A row: of the fixtures by its display text, any by its number ("#3", fixtures first).
std::optional<Literal> reference(std::string_view text, Type type, const AppSet& apps) {
  if (text.empty() || text == "none") return Literal{};
  const TableSpec& table =
      apps.apps[std::size_t(type.app)].tables[std::size_t(type.table)];
  int found = -1;
  if (text[0] == '#') {
    const auto id = whole_number(text.substr(1));
    const std::size_t rows =
        table.fixture_rows.size() + std::size_t(table.generated_rows);
    if (!id || *id < 0 || std::size_t(*id) >= rows) return std::nullopt;
    found = int(*id);
  } else if (table.display_column >= 0) {
    for (std::size_t i = 0; i < table.fixture_rows.size(); ++i) {
      const Value& cell = table.fixture_rows[i][std::size_t(table.display_column)];
      if (cell.as_text() != text) continue;
      if (found >= 0) return std::nullopt;  // names two rows
      found = int(i);
    }
  }
  if (found < 0) return std::nullopt;
  return Literal{Value::of_ref(
      {std::int16_t(type.app), std::int16_t(type.table), std::int32_t(found)})};
}

std::string_view usage(Kind kind) {
  switch (kind) {
    case Kind::kBool:
      return "true or false";
    case Kind::kInt:
    case Kind::kSeed:
      return "a whole number";
    case Kind::kMoney:
      return "money like 12.80";
    case Kind::kDate:
      return "a date: 2025-11-20, today or today+3";
    case Kind::kTime:
      return "a time like \"08:30\"";
    case Kind::kInstant:
      return "an instant: now, now-45 or \"2025-11-20 08:30\"";
    default:
      return "the first text of exactly one row of the fixture file, or a row's "
             "number: "
             "#0, #1...";
  }
}

}  // namespace

std::optional<Literal> parse_literal(std::string_view text, Type type,
                                     const AppSet& apps, std::string* error) {
  std::optional<Literal> literal;
  switch (type.kind) {
    case Kind::kBool:
      if (text == "true" || text == "false")
        literal = Literal{Value::of_bool(text == "true")};
      break;
    case Kind::kInt:
    case Kind::kSeed:
      literal = number(whole_number(text));
      break;
    case Kind::kText:
      if (type.words < 0 || has_word(type, text, apps))
        literal = Literal{Value::of_text(std::string(text))};
      break;
    case Kind::kMoney:
      literal = number(money_number(text));
      break;
    case Kind::kDate:
    case Kind::kInstant:
      literal = day_or_moment(text, type.kind);
      break;
    case Kind::kTime:
      literal = text.empty() || text == "none" ? std::optional(Literal{})
                                               : number(parse_time(text));
      break;
    case Kind::kRef:
      literal = reference(text, type, apps);
      break;
    case Kind::kNone:
      literal = Literal{};
      break;
  }
  if (!literal && error != nullptr)
    *error = type.words >= 0 ? not_one_of(text, type, apps)
                             : fmt::format("'{}' is not {}", text, usage(type.kind));
  return literal;
}

}  // namespace paperphone::app
