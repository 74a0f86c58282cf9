#include "agent/text/pre_tokenizer.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <vector>

#include "env/base/check.h"

namespace paperphone::agent {

const char* const kPieceExpression =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|)"
    R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

namespace {

// The code point at i (negative if broken, then one byte long); moves i past it.
UChar32 next_character(std::string_view text, std::size_t& i) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto next = std::int64_t(i);
  const auto size = std::int64_t(text.size());
  UChar32 c = 0;
  U8_NEXT(bytes, next, size, c);
  i = c < 0 ? i + 1 : std::size_t(next);
  return c;
}

enum class Kind : std::uint8_t { kLetter, kDigit, kSpace, kBreak, kOther };

Kind kind_of(UChar32 c) {
  if (c < 0) return Kind::kOther;
  if (c == '\r' || c == '\n') return Kind::kBreak;
  const auto mask = U_GET_GC_MASK(c);
  if (mask & U_GC_L_MASK) return Kind::kLetter;
  if (mask & U_GC_N_MASK) return Kind::kDigit;
  if (u_hasBinaryProperty(c, UCHAR_WHITE_SPACE)) return Kind::kSpace;
  return Kind::kOther;
}

struct Character {
  UChar32 code = 0;
  Kind kind = Kind::kOther;
  std::size_t begin = 0;  // byte offset
};

UChar32 fold(UChar32 c) {
  if (c == 0x17F) return 's';  // long s, under simple case folding
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

class PieceScanner {
 public:
  explicit PieceScanner(const std::vector<Character>& characters) : c_(characters) {}

  // One past the piece that begins at i.
  std::size_t end_of_piece(std::size_t i) const {
    if (const std::size_t end = contraction(i)) return end;
    if (is(i, Kind::kLetter)) return run(i, Kind::kLetter);
    if (!is(i, Kind::kDigit) && !is(i, Kind::kBreak) && is(i + 1, Kind::kLetter))
      return run(i + 1, Kind::kLetter);
    if (is(i, Kind::kDigit)) return i + 1;
    const std::size_t symbols = i + (c_[i].code == ' ' ? 1 : 0);
    if (is(symbols, Kind::kOther)) return run(run(symbols, Kind::kOther), Kind::kBreak);
    return end_of_space(i);
  }

 private:
  bool is(std::size_t i, Kind kind) const {
    return i < c_.size() && c_[i].kind == kind;
  }
  std::size_t run(std::size_t i, Kind kind) const {
    while (is(i, kind)) ++i;
    return i;
  }
  std::size_t contraction(std::size_t i) const {
    if (c_[i].code != '\'' || i + 1 >= c_.size()) return 0;
    const UChar32 a = fold(c_[i + 1].code);
    if (a == 's' || a == 't' || a == 'm' || a == 'd') return i + 2;
    const UChar32 b = i + 2 < c_.size() ? fold(c_[i + 2].code) : 0;
    if ((a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l'))
      return i + 3;
    return 0;
  }
  std::size_t end_of_space(std::size_t i) const {
    std::size_t end = i, after_break = 0;
    for (; is(end, Kind::kSpace) || is(end, Kind::kBreak); ++end)
      if (c_[end].kind == Kind::kBreak) after_break = end + 1;
    CHECK_LT(i, end);
    if (after_break != 0) return after_break;
    if (end == c_.size() || end == i + 1) return end;
    return end - 1;  // the last one belongs to what follows
  }

  const std::vector<Character>& c_;
};

}  // namespace

std::string normalize_nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  CHECK_TRUE(U_SUCCESS(status));
  std::string out;
  const auto flush = [&](std::string_view valid) {
    if (valid.empty()) return;
    const icu::StringPiece piece(valid.data(), int32_t(valid.size()));
    UErrorCode error = U_ZERO_ERROR;
    if (nfc->isNormalizedUTF8(piece, error) && U_SUCCESS(error)) {
      out += valid;
      return;
    }
    icu::StringByteSink<std::string> sink(&out);
    error = U_ZERO_ERROR;
    nfc->normalizeUTF8(0, piece, sink, nullptr, error);
    CHECK_TRUE(U_SUCCESS(error));
  };
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = i;
    if (next_character(text, i) >= 0) continue;
    flush(text.substr(begin, at - begin));
    out += text[at];
    begin = i;
  }
  flush(text.substr(begin));
  return out;
}

void for_each_piece(std::string_view text,
                    const std::function<void(std::string_view)>& visit) {
  std::vector<Character> characters;
  characters.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    Character c;
    c.begin = i;
    c.code = next_character(text, i);
    c.kind = kind_of(c.code);
    characters.push_back(c);
  }
  const PieceScanner scanner(characters);
  for (std::size_t i = 0; i < characters.size();) {
    const std::size_t end = scanner.end_of_piece(i);
    const std::size_t from = characters[i].begin;
    const std::size_t to =
        end < characters.size() ? characters[end].begin : text.size();
    visit(text.substr(from, to - from));
    i = end;
  }
}

}  // namespace paperphone::agent
