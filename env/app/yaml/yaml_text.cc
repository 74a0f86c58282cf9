#include "env/app/yaml/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/base/utf8.h"

namespace paperphone::app {
namespace {

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F) ||
         (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD);
}

// Controls and what would be taken for a line break.
bool needs_escape(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
         c == 0xFEFF;
}

bool contains_any(std::string_view text, std::string_view letters) {
  return text.find_first_of(letters) != std::string_view::npos;
}

bool can_be_bare(std::string_view text, Within within) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':')
    return false;
  if (contains_any(text.substr(0, 1), "?:,[]{}#&*!|>'\"%@`")) return false;
  if (text[0] == '-' && (text.size() == 1 || text[1] == ' ' || text[1] == '-'))
    return false;
  if (text.starts_with("...")) return false;
  if (text.find(": ") != text.npos || text.find(" #") != text.npos) return false;
  if (within == Within::kBrackets && contains_any(text, ",[]{}?")) return false;
  for (std::size_t i = 0; i < text.size();)
    if (needs_escape(next_code_point(text, i))) return false;
  return true;
}

std::string escaped(char32_t c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      break;
  }
  if (needs_escape(c))
    return c < 0x100 ? fmt::format("\\x{:02X}", unsigned(c))
                     : fmt::format("\\u{:04X}", unsigned(c));
  std::string out;
  append_utf8(out, c);
  return out;
}

enum class Quotes : char { kNone = 0, kSingle = '\'', kDouble = '"' };

Quotes quotes_for(const YamlNode& scalar, Within within) {
  // A line break or a control can only be written in double quotes.
  if (is_single_quoted(scalar) && scalar.text.find('\n') == scalar.text.npos)
    return Quotes::kSingle;
  const bool kept = scalar.quoted && quotes_matter(scalar.text);
  return kept || !can_be_bare(scalar.text, within) ? Quotes::kDouble : Quotes::kNone;
}

// A letter as it stands within the quotes.
std::string written(char32_t c, Quotes quotes) {
  if (quotes == Quotes::kDouble) return escaped(c);
  std::string out;
  append_utf8(out, c);
  return quotes == Quotes::kSingle && c == '\'' ? "''" : out;
}

std::string quote_mark(Quotes quotes) {
  return quotes == Quotes::kNone ? "" : std::string(1, char(quotes));
}

// ---- breaking --------------------------------------------------------------------

// One character as it is written, and what a line break before it would tear apart.
struct Letter {
  std::string written;
  char32_t c = 0;
  int width = 0;
  int depth = 0;        // of brackets around it
  bool quoted = false;  // within '...'
};

std::vector<Letter> letters_of(std::string_view text, Quotes quotes) {
  std::vector<Letter> out;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    Letter letter{.written = written(c, quotes), .c = c};
    letter.width = display_width(letter.written);
    if (c == '\'') quoted = !quoted;
    if (!quoted && (c == ')' || c == ']' || c == '}') && depth > 0) --depth;
    letter.depth = depth;
    letter.quoted = quoted;
    if (!quoted && (c == '(' || c == '[' || c == '{')) ++depth;
    out.push_back(std::move(letter));
  }
  return out;
}

bool is_in(char32_t c, std::u32string_view set) { return set.find(c) != set.npos; }

class Breaker {
 public:
  Breaker(std::string_view text, Quotes quotes)
      : letters_(letters_of(text, quotes)), quotes_(quotes) {}

  std::vector<std::string> lines(int first, int rest) const {
    std::vector<std::string> out;
    std::string line = quote_mark(quotes_);
    int limit = first - int(line.size());
    for (std::size_t at = 0; at < letters_.size();) {
      const std::size_t end = next_break(at, limit);
      for (; at < end; ++at) line += letters_[at].written;
      if (at == letters_.size()) break;
      if (letters_[at].c == ' ') {
        ++at;  // the line break stands for it
      } else {
        line += '\\';
      }
      out.push_back(std::move(line));
      line.clear();
      limit = rest;
    }
    out.push_back(line + quote_mark(quotes_));
    return out;
  }

 private:
  bool is(std::size_t i, char32_t c) const {
    return i < letters_.size() && letters_[i].c == c;
  }
  bool word_at(std::size_t i, std::string_view word) const {
    for (const char c : word)
      if (!is(i++, char32_t(c))) return false;
    return true;
  }

  // May a line end before this letter? A lone space gives way to the line break; within
  // quotes a backslash breaks between Chinese characters.
  bool can_break(std::size_t i) const {
    if (i == 0 || i + 1 >= letters_.size()) return false;
    if (letters_[i].c == ' ')
      return letters_[i - 1].c != ' ' && letters_[i + 1].c != ' ' &&
             !(quotes_ == Quotes::kNone && is_in(letters_[i + 1].c, U"#-?:"));
    if (quotes_ != Quotes::kDouble || letters_[i - 1].c == ' ') return false;
    const char32_t c = letters_[i].c, before = letters_[i - 1].c;
    if (before == '\n') return true;
    return (is_wide(before) || is_wide(c)) && !is_in(c, U"，。！？、；：）》】」”’…");
  }

  int cost(std::size_t i, int unused) const {
    const Letter& letter = letters_[i];
    const char32_t before = letters_[i - 1].c;
    int torn = 10;  // a word
    if (before == '\n') {
      torn = -20;
    } else if (is_in(before, U"，。！？；：")) {
      torn = 2;
    } else if (letter.c == ' ') {
      const bool joint = before == ',' || word_at(i, " and ") || word_at(i, " or ");
      torn = joint ? 0 : 5;
    }
    return torn + 7 * letter.depth + (letter.quoted ? 4 : 0) + unused / 12;
  }

  // The letter before which the line that begins at `at` ends.
  std::size_t next_break(std::size_t at, int limit) const {
    constexpr int kRagged = 50;  // columns that may stay empty for a better place
    int used = 0;
    std::size_t best = letters_.size();
    int best_cost = 0;
    bool best_is_ragged = false;
    for (std::size_t i = at; i < letters_.size(); ++i) {
      const int end = letters_[i].c == ' ' ? 0 : 1;  // a backslash
      if (used + end > limit && best < letters_.size()) return best;
      if (i > at && can_break(i)) {
        const int unused = limit - used - end;
        if (unused < 0) return i;  // too long, and no earlier place
        const bool ragged = unused > kRagged;
        const int price = cost(i, unused);
        if (best == letters_.size() || best_is_ragged || price <= best_cost) {
          best = i;
          best_cost = price;
          best_is_ragged = ragged;
        }
      }
      used += letters_[i].width;
    }
    const int end = quotes_ == Quotes::kNone ? 0 : 1;
    return used + end <= limit ? letters_.size() : best;
  }

  std::vector<Letter> letters_;
  Quotes quotes_;
};

// The places in the text that are line breaks in the source; {} if it cannot be told.
std::vector<std::size_t> source_breaks(const YamlNode& scalar) {
  const std::string& source = scalar.source->text;
  std::size_t at = scalar.byte;
  if (at >= source.size() || contains_any(source.substr(at, 1), "\"'|")) return {};
  if (source[at] == '>') {
    at = source.find('\n', at);
    if (at == std::string::npos) return {};
    at = source.find_first_not_of(" \r\n", at);
  }
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < scalar.text.size(); ++i) {
    if (at >= source.size()) return {};
    const std::size_t next = source.find_first_not_of(" \r", at);
    if (scalar.text[i] == ' ' && next != std::string::npos && source[next] == '\n') {
      out.push_back(i);
      at = source.find_first_not_of(" \r\n", next);
    } else if (source[at++] != scalar.text[i]) {
      return {};
    }
  }
  return out;
}

bool all_fit(const std::vector<std::string>& lines, int first, int rest) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (display_width(lines[i]) > (i == 0 ? first : rest)) return false;
  return true;
}

std::vector<std::string> lines_of_source(const YamlNode& scalar, int first, int rest) {
  std::vector<std::string> out;
  std::size_t start = 0;
  std::vector<std::size_t> breaks = source_breaks(scalar);
  if (breaks.empty()) return {};
  breaks.push_back(scalar.text.size());
  for (const std::size_t end : breaks) {
    out.push_back(scalar.text.substr(start, end - start));
    start = end + 1;
    const bool goes_on = out.size() > 1;
    if (out.back().empty() ||
        (goes_on && contains_any(out.back().substr(0, 1), "#-?:")))
      return {};
  }
  return all_fit(out, first, rest) ? out : std::vector<std::string>();
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size();)
    width += is_wide(next_code_point(text, i)) ? 2 : 1;
  return width;
}

bool quotes_matter(std::string_view text) {
  static constexpr std::array kWords = {
      "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<"};
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  if (std::find(kWords.begin(), kWords.end(), low) != kWords.end()) return true;
  const std::size_t first = low.find_first_not_of("+-.");
  return (first == low.npos && !low.empty()) ||
         (low[first] >= '0' && low[first] <= '9' &&
          low.find_first_not_of("0123456789abcdefoxtz_+-.,:/ ") == low.npos) ||
         (first > 0 && (low.substr(first) == "inf" || low.substr(first) == "nan"));
}

bool is_single_quoted(const YamlNode& scalar) {
  return scalar.quoted && scalar.source->text.compare(scalar.byte, 1, "'") == 0;
}

std::string write_text(const YamlNode& scalar, Within within) {
  const Quotes quotes = quotes_for(scalar, within);
  std::string out = quote_mark(quotes);
  for (std::size_t i = 0; i < scalar.text.size();)
    out += written(next_code_point(scalar.text, i), quotes);
  return out + quote_mark(quotes);
}

std::vector<std::string> write_text_lines(const YamlNode& scalar, int first, int rest) {
  const Quotes quotes = quotes_for(scalar, Within::kBlock);
  if (quotes == Quotes::kNone) {
    auto lines = lines_of_source(scalar, first, rest);
    if (!lines.empty()) return lines;
  }
  auto lines = Breaker(scalar.text, quotes).lines(first, rest);
  if (quotes != Quotes::kNone || all_fit(lines, first, rest)) return lines;
  auto quoted = Breaker(scalar.text, Quotes::kDouble).lines(first, rest);
  return all_fit(quoted, first, rest) ? quoted : lines;
}

}  // namespace paperphone::app
