// How values are written on screens and in instructions.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/app/calendar.h"
#include "env/app/expr/expr.h"
#include "env/app/spec.h"

namespace paperphone::app {
namespace {

// Days and minutes so far away that only overflowing arithmetic leads there are
// brought to where the calendar's own arithmetic is safe.
std::int64_t bounded(std::int64_t number, Kind kind) {
  constexpr std::int64_t kFar = 1'000'000'000'000;
  const bool is_date_or_time =
      kind == Kind::kDate || kind == Kind::kTime || kind == Kind::kInstant;
  return is_date_or_time ? std::clamp(number, -kFar, kFar) : number;
}

std::int64_t now_minutes(const EvalContext& context) {
  return floor_div(context.world.now_ms, kMsPerMinute);
}
std::int64_t today(const EvalContext& context) {
  return floor_div(now_minutes(context), kMinutesPerDay);
}

std::int64_t day_of(std::int64_t number, Kind kind) {
  return kind == Kind::kInstant ? floor_div(number, kMinutesPerDay) : number;
}

std::string money(std::int64_t fen, std::string_view sign) {
  // Unsigned, so that the most negative number has a magnitude too.
  const std::uint64_t magnitude = fen < 0 ? 0 - std::uint64_t(fen) : std::uint64_t(fen);
  return fmt::format("{}{}{}.{:02}", fen < 0 ? "-" : "", sign, magnitude / 100,
                     magnitude % 100);
}

std::string count(std::int64_t n) {
  const auto tenths = [](std::int64_t value, std::int64_t unit, std::string_view name) {
    const std::int64_t t = value / (unit / 10);  // cut, not rounded: 1.99万 is not 2万
    if (t % 10 == 0) return fmt::format("{}{}", t / 10, name);
    return fmt::format("{}.{}{}", t / 10, t % 10, name);
  };
  if (n >= 100'000'000) return tenths(n, 100'000'000, "亿");
  if (n >= 10'000) return tenths(n, 10'000, "万");
  return fmt::format("{}", n);
}

std::string clock(std::int64_t minutes) {
  const std::int64_t m = floor_mod(minutes, kMinutesPerDay);
  return fmt::format("{:02}:{:02}", m / 60, m % 60);
}

std::string month_day(std::int64_t day) {
  const CivilDate date = civil_from_days(day);
  return fmt::format("{}月{}日", date.month, date.day);
}

std::string full_date(std::int64_t day) {
  const CivilDate date = civil_from_days(day);
  return fmt::format("{}年{}月{}日", date.year, date.month, date.day);
}

// The year is written only if it is not the present one.
std::string plain_date(std::int64_t day, const EvalContext& context) {
  const bool same_year =
      civil_from_days(day).year == civil_from_days(today(context)).year;
  return same_year ? month_day(day) : full_date(day);
}

std::string days_away(std::int64_t day, const EvalContext& context) {
  const std::int64_t ago = today(context) - day;
  if (ago == 0) return "今天";
  if (ago == 1) return "昨天";
  if (ago == -1) return "明天";
  if (ago > 1 && ago < 30) return fmt::format("{}天前", ago);
  if (ago < -1 && ago > -30) return fmt::format("{}天后", -ago);
  return plain_date(day, context);
}

std::string ago(std::int64_t instant, const EvalContext& context) {
  const std::int64_t minutes = now_minutes(context) - instant;
  if (minutes < 0) return days_away(day_of(instant, Kind::kInstant), context);
  if (minutes < 1) return "刚刚";
  if (minutes < 60) return fmt::format("{}分钟前", minutes);
  if (minutes < kMinutesPerDay) return fmt::format("{}小时前", minutes / 60);
  if (minutes < 30 * kMinutesPerDay)
    return fmt::format("{}天前", minutes / kMinutesPerDay);
  return plain_date(day_of(instant, Kind::kInstant), context);
}

std::string duration(std::int64_t minutes) {
  if (minutes < 0) return "0分";
  if (minutes < 60) return fmt::format("{}分", minutes);
  if (minutes % 60 == 0) return fmt::format("{}小时", minutes / 60);
  return fmt::format("{}小时{}分", minutes / 60, minutes % 60);
}

std::string row_text(Ref ref, const EvalContext& context) {
  const Row* row = context.world.find(ref);
  if (row == nullptr) return {};
  const TableSpec& table =
      context.apps.apps[std::size_t(ref.app)].tables[std::size_t(ref.table)];
  if (table.display_column < 0) return fmt::format("#{}", ref.row_id);
  if (context.trace != nullptr)
    context.trace->push_back({ref.app, ref.table, ref.row_id, table.display_column});
  return std::string(row->cells[std::size_t(table.display_column)].as_text());
}

std::string plain(const Value& value, Type type, const EvalContext& context) {
  const std::int64_t n = bounded(value.as_int(), type.kind);
  switch (type.kind) {
    case Kind::kNone: return {};
    case Kind::kBool: return value.as_bool() ? "是" : "否";
    case Kind::kInt: return fmt::format("{}", n);
    case Kind::kText: return std::string(value.as_text());
    case Kind::kMoney: return money(n, "¥");
    case Kind::kDate: return plain_date(n, context);
    case Kind::kTime: return clock(n);
    case Kind::kInstant:
      return plain_date(day_of(n, type.kind), context) + " " + clock(n);
    case Kind::kSeed: return fmt::format("{}", n);
    case Kind::kRef: return row_text(value.as_ref(), context);
  }
  return {};
}

}  // namespace

std::string format_value(const Value& value, Type type, Format format,
                         const EvalContext& context) {
  if (value.is_none()) return {};
  const std::int64_t n = bounded(value.as_int(), type.kind);
  switch (format) {
    case Format::kPlain: return plain(value, type, context);
    case Format::kMoney: return money(n, "¥");
    case Format::kMoneyBare: return money(n, "");
    case Format::kCount: return count(n);
    case Format::kAgo:
      return type.kind == Kind::kDate ? days_away(n, context) : ago(n, context);
    case Format::kClock: return clock(n);
    case Format::kDate: return full_date(day_of(n, type.kind));
    case Format::kMonthDay: return month_day(day_of(n, type.kind));
    case Format::kWeekday: {
      constexpr std::array<std::string_view, 7> kDays = {"周日", "周一", "周二", "周三",
                                                         "周四", "周五", "周六"};
      return std::string(kDays[std::size_t(weekday(day_of(n, type.kind)))]);
    }
    case Format::kDuration: return duration(n);
    case Format::kPercent: return fmt::format("{}%", n);
  }
  return {};
}

// ---- templates -----------------------------------------------------------------

Template::Template(std::vector<TemplatePiece> pieces)
    : pieces_(std::make_shared<const std::vector<TemplatePiece>>(std::move(pieces))) {}

bool Template::constant() const {
  for (const TemplatePiece& piece : pieces())
    if (!piece.expr.empty()) return false;
  return true;
}

std::string render(const Template& text, const EvalContext& context) {
  std::string out;
  for (const TemplatePiece& piece : text.pieces()) {
    if (piece.expr.empty()) {
      out += piece.literal;
      continue;
    }
    const Value value = evaluate(piece.expr, context);
    if (piece.format == Format::kPlain && piece.expr.type().kind == Kind::kText) {
      out += value.as_text();  // the common case, without a copy
    } else {
      out += format_value(value, piece.expr.type(), piece.format, context);
    }
  }
  return out;
}

}  // namespace paperphone::app
