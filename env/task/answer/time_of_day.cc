#include "env/task/answer/time_of_day.h"

#include "env/task/answer/numerals.h"

namespace paperphone::task {
namespace {

enum class Half {
  kNone,
  kAm,
  kForenoon,
  kSmallHours,
  kMorning,
  kNoon,
  kAfternoon,
  kDusk,
  kEvening,
  kNight,
  kPm
};

Half eat_half_behind(Reader& reader) {
  if (reader.eat_any({U"am", U"a.m.", U"a.m"})) return Half::kAm;
  if (reader.eat_any({U"pm", U"p.m.", U"p.m"})) return Half::kPm;
  return Half::kNone;
}

Half eat_half(Reader& reader) {
  if (reader.eat(U"上午")) return Half::kForenoon;
  if (reader.eat(U"凌晨")) return Half::kSmallHours;
  if (reader.eat_any({U"早上", U"早晨", U"清晨", U"清早", U"早"}))
    return Half::kMorning;
  if (reader.eat_any({U"中午", U"正午"})) return Half::kNoon;
  if (reader.eat_any({U"下午", U"午后"})) return Half::kAfternoon;
  if (reader.eat(U"傍晚")) return Half::kDusk;
  if (reader.eat_any({U"晚上", U"晚间", U"晚"})) return Half::kEvening;
  if (reader.eat_any({U"夜里", U"夜晚", U"夜间", U"深夜", U"半夜"}))
    return Half::kNight;
  return eat_half_behind(reader);
}

// The hour of 24 that `hour` means in this half of the day; 24 is midnight at its end.
// nullopt: nobody says that.
std::optional<int> hour_of(int hour, Half half) {
  const auto between = [&](int low, int high) { return hour >= low && hour <= high; };
  switch (half) {
    case Half::kNone:
      if (between(0, 24)) return hour;
      break;
    case Half::kAm:
      if (between(0, 11)) return hour;
      if (hour == 12) return 0;
      break;
    case Half::kForenoon:
    case Half::kMorning:
      if (between(0, 11)) return hour;
      break;
    case Half::kSmallHours:
      if (between(0, 6)) return hour;
      if (hour == 12) return 0;
      break;
    case Half::kNoon:
      if (between(11, 14)) return hour;
      if (between(1, 2)) return hour + 12;
      break;
    case Half::kAfternoon:
      if (between(1, 11)) return hour + 12;
      if (between(12, 19)) return hour;
      break;
    case Half::kDusk:
      if (between(4, 8)) return hour + 12;
      if (between(16, 20)) return hour;
      break;
    case Half::kNight:
      if (between(0, 4)) return hour;
      [[fallthrough]];
    case Half::kEvening:
      if (between(5, 11)) return hour + 12;
      if (between(17, 24)) return hour;
      if (hour == 12) return 24;
      if (hour == 0) return 0;
      break;
    case Half::kPm:
      if (between(1, 11)) return hour + 12;
      if (between(12, 23)) return hour;
      break;
  }
  return std::nullopt;
}

// 一刻, 5分: minutes that are added or missing.
std::optional<int> read_minutes(Reader& reader) {
  if (reader.eat_any({U"一刻", U"1刻"})) return 15;
  if (reader.eat_any({U"三刻", U"3刻"})) return 45;
  const auto minutes = read_whole(reader);
  if (!minutes || minutes->value > 59 || minutes->digits > 2) return std::nullopt;
  if (reader.eat(U"分")) {
    reader.eat(U"钟");
    return int(minutes->value);
  }
  // 7点05 and 七点十六 are complete; 7点5 and 七点五 are not.
  if (minutes->value < 10 && !minutes->zero) return std::nullopt;
  return int(minutes->value);
}

// No seconds, or none but zero.
bool eat_seconds(Reader& reader) {
  if (reader.eat(U":")) return reader.eat(U"00");
  reader.eat_any({U"00秒", U"0秒", U"零秒"});
  return true;
}

// Minutes behind the hour; of 差5分 those that are missing, negative.
std::optional<int> read_behind_hour(Reader& reader) {
  if (reader.eat(U":")) {
    const auto minutes = read_whole(reader);
    if (!minutes || minutes->digits != 2 || minutes->value > 59 || !eat_seconds(reader))
      return std::nullopt;
    return int(minutes->value);
  }
  if (reader.eat_any({U"o'clock", U"oclock"})) return 0;
  if (!reader.eat_any({U"点", U"时"})) return std::nullopt;
  if (reader.eat_any({U"钟", U"整"}) || reader.done()) return 0;
  if (reader.eat(U"半")) return 30;
  if (reader.eat(U"差")) {
    const auto missing = read_minutes(reader);
    return missing && *missing > 0 ? std::optional(-*missing) : std::nullopt;
  }
  reader.eat(U"过");
  const auto minutes = read_minutes(reader);
  if (!minutes || !eat_seconds(reader)) return std::nullopt;
  return minutes;
}

std::optional<TimeReading> reading(int hour, int minutes, Half half) {
  const auto in_day = hour_of(hour, half);
  if (!in_day || (*in_day == 24 && minutes > 0)) return std::nullopt;
  const int minute = *in_day * 60 + minutes;
  if (minute < 0) return std::nullopt;
  return TimeReading{minute % 1440, half != Half::kNone, minute == 1440};
}

}  // namespace

std::optional<TimeReading> read_time(Reader& reader) {
  reader.skip_space();
  if (reader.eat(U"午夜")) {
    reader.eat_any({U"12点", U"十二点", U"零点", U"0点", U"12:00", U"0:00", U"00:00"});
    return TimeReading{0, true, true};
  }
  if (reader.eat(U"midnight")) return TimeReading{0, true, true};
  if (reader.eat(U"noon")) return TimeReading{720, true, false};
  Half half = eat_half(reader);
  if (half == Half::kNoon && reader.done()) return TimeReading{720, true, false};
  reader.skip_space();
  int missing = 0;
  if (reader.eat(U"差")) {
    const auto minutes = read_minutes(reader);
    if (!minutes || *minutes == 0) return std::nullopt;
    missing = *minutes;
    reader.eat(U"到");
  }
  std::optional<Whole> hour;
  if (const char32_t c = reader.peek(); c >= U'a' && c <= U'z') {  // seven pm
    const auto number = read_number(reader);
    if (!number || *number % kOne != 0) return std::nullopt;
    hour = Whole{*number / kOne};
  } else {
    hour = read_whole(reader);
  }
  if (!hour || hour->value > 24 || hour->digits > 2) return std::nullopt;
  std::optional<int> minutes;
  if (half == Half::kNone && missing == 0 &&
      (half = eat_half_behind(reader)) != Half::kNone) {
    minutes = 0;  // 7 pm
  } else {
    minutes = read_behind_hour(reader);
    if (half == Half::kNone) half = eat_half_behind(reader);
  }
  if (!minutes || (missing > 0 && *minutes != 0)) return std::nullopt;
  return reading(int(hour->value), *minutes - missing, half);
}

}  // namespace paperphone::task
