// "{row.name} ×{row.quantity}": literal text and holes.
#include <fmt/format.h>

#include <array>

#include "env/app/expr/expr_parser.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

struct FormatName {
  std::string_view name;
  Format format;
  std::string_view kinds;  // that it can write
};

constexpr std::array<FormatName, 9> kFormats = {{
    {"count", Format::kCount, "int"},
    {"bare", Format::kMoneyBare, "money"},
    {"ago", Format::kAgo, "instant date"},
    {"clock", Format::kClock, "time instant"},
    {"date", Format::kDate, "date instant"},
    {"month_day", Format::kMonthDay, "date instant"},
    {"weekday", Format::kWeekday, "date instant"},
    {"duration", Format::kDuration, "int"},
    {"percent", Format::kPercent, "int"},
}};

Format parse_format(std::string_view name, Type type, std::size_t offset) {
  std::vector<std::string> known;
  for (const FormatName& f : kFormats) {
    known.emplace_back(f.name);
    if (f.name != name) continue;
    const std::string_view kind = kind_name(type.kind);
    if (f.kinds.find(kind) == std::string_view::npos)
      throw ExprError{offset, fmt::format("format '{}' writes {}, not {}", name, f.kinds,
                                          kind)};
    return f.format;
  }
  throw ExprError{offset, fmt::format("unknown format '{}'{}", name,
                                      did_you_mean(name, known))};
}

// The end of the hole that begins at `start` (behind its brace), and where its format
// begins, if any; texts in quotes are passed over.
struct Hole {
  std::size_t colon = std::string_view::npos;
  std::size_t end = std::string_view::npos;
};
Hole find_hole(std::string_view text, std::size_t start) {
  Hole hole;
  bool quoted = false;
  for (std::size_t i = start; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == ':') hole.colon = i;
    if (text[i] == '}') {
      hole.end = i;
      break;
    }
  }
  return hole;
}

}  // namespace

Template parse_template(std::string_view text, const Scope& scope) {
  std::vector<TemplatePiece> pieces;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) pieces.push_back({.literal = std::exchange(literal, {})});
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if ((text[i] == '{' || text[i] == '}') && doubled) {
      literal += text[i++];
      continue;
    }
    if (text[i] == '}')
      throw ExprError{i, "'}' closes nothing; write }} for a brace"};
    if (text[i] != '{') {
      literal += text[i];
      continue;
    }
    const std::size_t start = i + 1;
    const Hole hole = find_hole(text, start);
    if (hole.end == std::string_view::npos)
      throw ExprError{i, "the hole that begins here has no closing '}'; write {{ for a "
                         "brace"};
    const std::size_t stop = std::min(hole.colon, hole.end);
    flush();
    TemplatePiece piece;
    try {
      piece.expr = parse_expr(text.substr(start, stop - start), scope);
    } catch (const ExprError& error) {
      throw ExprError{start + error.offset, error.message};
    }
    if (hole.colon != std::string_view::npos)
      piece.format = parse_format(text.substr(hole.colon + 1, hole.end - hole.colon - 1),
                                  piece.expr.type(), hole.colon + 1);
    pieces.push_back(std::move(piece));
    i = hole.end;
  }
  flush();
  return Template(std::move(pieces));
}

}  // namespace paperphone::app
