#include "tests/task/answer_renderings.h"

#include <fmt/format.h>

#include "env/app/calendar.h"

namespace paperphone::task::testing {
namespace {

constexpr const char* kDigits[] = {"零", "一", "二", "三", "四",
                                   "五", "六", "七", "八", "九"};

std::string section(std::int64_t number) {
  constexpr std::pair<int, const char*> kUnits[] = {
      {1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};
  std::string text;
  bool gap = false;
  for (const auto& [unit, name] : kUnits) {
    const auto digit = number / unit % 10;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += "零";
    gap = false;
    text += std::string(kDigits[digit]) + name;
  }
  return text;
}

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (int at = int(text.size()) - 3; at > 0; at -= 3)
    text.insert(text.begin() + at, ',');
  return text;
}

std::string full_width(const std::string& ascii) {
  std::string text;
  for (const char c : ascii) {
    if (c >= '0' && c <= '9') {
      text += "\xef\xbc";
      text += char(0x90 + (c - '0'));
    } else {
      text += c;
    }
  }
  return text;
}

// The same within filler.
std::vector<std::string> dressed(std::vector<std::string> texts,
                                 std::initializer_list<const char*> openings) {
  const std::size_t plain = texts.size();
  for (std::size_t i = 0; i < plain; ++i) {
    for (const char* opening : openings) texts.push_back(opening + texts[i]);
    texts.push_back(texts[i] + "。");
    texts.push_back(" " + texts[i] + "\n");
    texts.push_back("“" + texts[i] + "”");
  }
  return texts;
}

}  // namespace

std::string chinese_number(std::int64_t number) {
  if (number == 0) return "零";
  std::string text;
  if (number >= 10'000) {
    text = section(number / 10'000) + "万";
    if (number % 10'000 > 0 && number % 10'000 < 1000) text += "零";
  }
  text += section(number % 10'000);
  return number >= 10 && number < 20 ? text.substr(3) : text;  // 十五, not 一十五
}

std::vector<std::string> count_renderings(std::int64_t n) {
  std::vector<std::string> texts = {std::to_string(n), full_width(std::to_string(n)),
                                    with_commas(n), fmt::format("{}.0", n)};
  if (n < 100'000'000) texts.push_back(chinese_number(n));
  if (n >= 1000) texts.push_back(fmt::format("{}.{:04}万", n / 10'000, n % 10'000));
  if (n == 2) texts.push_back("两");
  return dressed(texts,
                 {"是", "共", "一共有", "答案是", "答案：", "总共", "The answer is "});
}

std::vector<std::string> money_renderings(std::int64_t fen) {
  const auto yuan = fen / 100, jiao = fen / 10 % 10, rest = fen % 10;
  std::vector<std::string> texts = {
      fmt::format("{}.{:02}", yuan, fen % 100),
      fmt::format("¥{}.{:02}", yuan, fen % 100),
      fmt::format("￥{}.{:02}", yuan, fen % 100),
      fmt::format("{}.{:02}元", yuan, fen % 100),
      fmt::format("{}.{:02}块", yuan, fen % 100),
      fmt::format("人民币{}.{:02}元", yuan, fen % 100),
      fmt::format("{}.{:02} yuan", yuan, fen % 100),
      fmt::format("{}.{:02}", with_commas(yuan), fen % 100),
      full_width(fmt::format("{}.{:02}元", yuan, fen % 100)),
      fmt::format("{}元{}角{}分", yuan, jiao, rest)};
  if (fen % 100 == 0) {
    texts.push_back(fmt::format("{}元", yuan));
    texts.push_back(fmt::format("{}块钱", yuan));
    texts.push_back(fmt::format("{}元整", yuan));
    texts.push_back(chinese_number(yuan) + "元");
  } else if (rest == 0) {
    texts.push_back(fmt::format("{}.{}", yuan, jiao));
    texts.push_back(fmt::format("{}块{}", yuan, jiao));
    texts.push_back(fmt::format("{}元{}角", yuan, jiao));
    texts.push_back(chinese_number(yuan) + "块" + kDigits[jiao]);
    texts.push_back(chinese_number(yuan) + "元" + kDigits[jiao] + "角");
    if (jiao == 5) texts.push_back(fmt::format("{}块半", yuan));
  } else if (jiao == 0) {
    texts.push_back(fmt::format("{}块零{}分", yuan, rest));
    texts.push_back(fmt::format("{}块0{}", yuan, rest));
    texts.push_back(chinese_number(yuan) + "元零" + kDigits[rest] + "分");
  } else {
    texts.push_back(fmt::format("{}块{}毛{}", yuan, jiao, rest));
    texts.push_back(chinese_number(yuan) + "元" + kDigits[jiao] + "角" + kDigits[rest] +
                    "分");
  }
  return dressed(texts, {"是", "共", "一共", "答案是"});
}

std::vector<std::string> time_renderings(int minute_of_day) {
  const int h = minute_of_day / 60, m = minute_of_day % 60,
            twelve = h % 12 == 0 ? 12 : h % 12;
  std::vector<std::string> texts = {
      fmt::format("{:02}:{:02}", h, m),
      fmt::format("{}:{:02}", h, m),
      fmt::format("{}：{:02}", h, m),
      fmt::format("{:02}:{:02}:00", h, m),
      fmt::format("{}点{:02}分", h, m),
      fmt::format("{}时{}分", h, m),
      full_width(fmt::format("{:02}:{:02}", h, m)),
      fmt::format("{}:{:02} {}", twelve, m, h < 12 ? "am" : "pm"),
      fmt::format("{}:{:02}{}", twelve, m, h < 12 ? "AM" : "PM"),
      chinese_number(h) + "点" + (m > 0 && m < 10 ? "零" : "") + chinese_number(m) +
          "分"};
  std::vector<std::string> hours = {fmt::format("{}点", h), chinese_number(h) + "点"};
  const auto with = [&](const char* half, int hour) {
    hours.push_back(fmt::format("{}{}点", half, hour));
    hours.push_back(half + chinese_number(hour) + "点");
    texts.push_back(fmt::format("{}{}:{:02}", half, hour, m));
  };
  if (h < 5) with("凌晨", h);
  if (h >= 5 && h < 12) with("早上", h), with("上午", h);
  if (h == 12) with("中午", 12);
  if (h > 12 && h < 19) with("下午", h - 12), with("下午", h);
  if (h >= 18) with("晚上", h - 12), with("晚上", h);
  for (const std::string& hour : hours) {
    if (m == 0) {
      texts.push_back(hour);
      texts.push_back(hour + "整");
      texts.push_back(hour + "钟");
    } else {
      texts.push_back(hour + fmt::format("{}分", m));
      texts.push_back(hour + fmt::format("{:02}", m));
      texts.push_back(hour + (m < 10 ? "零" : "") + chinese_number(m));
    }
    if (m == 30) texts.push_back(hour + "半");
    if (m == 15) texts.push_back(hour + "一刻");
    if (m == 45) texts.push_back(hour + "三刻");
  }
  return dressed(texts, {"是", "在", "答案是"});
}

std::vector<std::string> date_renderings(std::int64_t day) {
  const app::CivilDate date = app::civil_from_days(day);
  constexpr const char* kWeekdays[] = {"日", "一", "二", "三", "四", "五", "六"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::string year;
  for (const char c : std::to_string(date.year)) year += kDigits[c - '0'];
  const std::string full = fmt::format("{}年{}月{}日", date.year, date.month, date.day);
  return dressed(
      {full, full_width(full),
       fmt::format("{}年{:02}月{:02}号", date.year, date.month, date.day),
       fmt::format("{}-{:02}-{:02}", date.year, date.month, date.day),
       fmt::format("{}/{}/{}", date.year, date.month, date.day),
       fmt::format("{}.{}.{}", date.year, date.month, date.day),
       fmt::format("{}{:02}{:02}", date.year, date.month, date.day),
       fmt::format("{} {}, {}", kMonths[date.month - 1], date.day, date.year),
       year + "年" + chinese_number(date.month) + "月" + chinese_number(date.day) +
           "日",
       full + "（周" + kWeekdays[app::weekday(day)] + "）",
       full + "星期" + kWeekdays[app::weekday(day)]},
      {"是", "在", "答案是"});
}

std::vector<std::string> length_renderings(std::int64_t minutes) {
  const auto h = minutes / 60, m = minutes % 60;
  std::vector<std::string> texts = {
      std::to_string(minutes), fmt::format("{}分钟", minutes),
      fmt::format("{}分", minutes), fmt::format("{} minutes", minutes),
      chinese_number(minutes) + "分钟"};
  if (h > 0) {
    texts.push_back(m == 0 ? fmt::format("{}小时", h)
                           : fmt::format("{}小时{}分", h, m));
    texts.push_back(m == 0 ? fmt::format("{}个小时", h)
                           : fmt::format("{}小时{}分钟", h, m));
    if (m == 30) texts.push_back(fmt::format("{}个半小时", h));
  }
  if (minutes == 30) texts.push_back("半小时");
  return dressed(texts, {"是", "共", "一共"});
}

std::vector<std::string> yes_no_renderings(bool yes) {
  if (yes)
    return dressed({"是", "是的", "对", "有", "开着", "yes", "Yes", "true"},
                   {"答案是", "答案："});
  return dressed({"否", "不是", "没有", "关着", "不", "no", "No", "false"},
                 {"答案是", "答案："});
}

std::vector<std::string> name_renderings(const std::string& name) {
  return dressed({name, "「" + name + "」", "《" + name + "》"},
                 {"是", "叫", "答案是", "答案："});
}

}  // namespace paperphone::task::testing
