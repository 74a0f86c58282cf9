#include "env/task/answer.h"

#include <cctype>
#include <optional>
#include <vector>

#include "env/base/utf8.h"

namespace paperphone::task {

using app::Kind;

namespace {

// The digit groups of a text: "2025年11月20日" -> 2025, 11, 20.
std::vector<std::int64_t> digit_groups(std::string_view text) {
  std::vector<std::int64_t> groups;
  bool inside = false;
  for (const char c : text) {
    if (!std::isdigit(static_cast<unsigned char>(c))) {
      inside = false;
      continue;
    }
    if (!inside) groups.push_back(0);
    inside = true;
    if (groups.back() < 1'000'000'000'000) groups.back() = groups.back() * 10 + (c - '0');
  }
  return groups;
}

// One decimal number in hundredths; units may follow it, a currency sign precede it.
std::optional<std::int64_t> hundredths(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && !std::isdigit(static_cast<unsigned char>(text[i]))) ++i;
  const bool negative = i > 0 && text[i - 1] == '-';
  if (i == text.size()) return std::nullopt;
  std::int64_t whole = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == ',') continue;
    if (!std::isdigit(static_cast<unsigned char>(text[i]))) break;
    if (whole < 1'000'000'000'000) whole = whole * 10 + (text[i] - '0');
  }
  std::int64_t fraction = 0;
  if (i < text.size() && text[i] == '.') {
    ++i;
    int scale = 10;
    for (; i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])); ++i) {
      fraction += (text[i] - '0') * scale;
      if (scale == 0 && text[i] != '0') return std::nullopt;  // finer than a fen
      scale /= 10;
    }
  }
  // A second number would make the answer ambiguous.
  for (; i < text.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(text[i]))) return std::nullopt;
  }
  const std::int64_t value = whole * 100 + fraction;
  return negative ? -value : value;
}

// Hours, minutes, perhaps no seconds; a second time would make the answer ambiguous.
bool same_time(std::string_view expected, std::string_view given) {
  const auto a = digit_groups(expected);
  auto b = digit_groups(given);
  if (b.size() == 1 && given.find("点") != std::string_view::npos) b.push_back(0);
  if (b.size() == 3 && b[2] == 0) b.pop_back();
  return a.size() == 2 && a == b;
}

// Month and day, perhaps with the year in front.
bool same_date(std::string_view expected, std::string_view given) {
  const auto a = digit_groups(expected);
  const auto b = digit_groups(given);
  if (a.size() < 2 || b.size() < 2 || b.size() > 3) return false;
  if (b.size() == 3 && b[0] < 1000) return false;
  if (a.size() == 3 && b.size() == 3 && a[0] != b[0]) return false;
  return a[a.size() - 1] == b[b.size() - 1] && a[a.size() - 2] == b[b.size() - 2];
}

// "不是3": the number is there, but denied.
bool denies(std::string_view text) {
  for (const std::string_view no : {"不", "没", "非", "not"}) {
    if (text.find(no) != std::string_view::npos) return true;
  }
  return false;
}

std::optional<bool> yes_or_no(std::string_view text) {
  for (const std::string_view no : {"否", "不是", "没有", "关", "no", "false", "未"}) {
    if (text.find(no) != std::string_view::npos) return false;
  }
  for (const std::string_view yes : {"是", "有", "开", "yes", "true"}) {
    if (text.find(yes) != std::string_view::npos) return true;
  }
  return std::nullopt;
}

}  // namespace

std::string normalise_answer(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    char32_t c = next_code_point(text, i);
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width to ASCII
    if (c == 0xFFE5) c = 0xA5;                    // ￥ to ¥
    if (c == 0x3000 || c == 0xA0 || c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      continue;
    }
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    append_utf8(out, c);
  }
  for (const std::string_view end : {"。", "."}) {
    if (out.size() > end.size() && out.ends_with(end)) out.resize(out.size() - end.size());
  }
  return out;
}

bool same_answer(app::Type type, std::string_view expected_raw, std::string_view given_raw) {
  const std::string expected = normalise_answer(expected_raw);
  const std::string given = normalise_answer(given_raw);
  if (given.empty()) return false;
  if (expected == given) return true;
  switch (type.kind) {
    case Kind::kInt:
    case Kind::kMoney: {
      const auto a = hundredths(expected);
      return a && a == hundredths(given) && !denies(given);
    }
    case Kind::kTime:
      return same_time(expected, given) && !denies(given);
    case Kind::kDate:
      return same_date(expected, given) && !denies(given);
    case Kind::kBool:
      return yes_or_no(expected) && yes_or_no(expected) == yes_or_no(given);
    default:
      return false;
  }
}

}  // namespace paperphone::task
