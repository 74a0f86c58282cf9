// The first two steps of Qwen2's tokenizer: NFC, and the split into pieces inside
// which byte pairs merge:
//
//   (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N} |
//   ?[^\s\p{L}\p{N}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
//
// leftmost alternative first (the fourth begins with an optional space). Broken UTF-8
// is kept byte by byte and counts as neither letter, digit nor space.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace paperphone::agent {

std::string normalize_nfc(std::string_view text);

// The pieces in order; together they are `text`.
void for_each_piece(std::string_view text,
                    const std::function<void(std::string_view)>& visit);

// The expression above as tokenizer.json holds it.
extern const char* const kPieceExpression;

}  // namespace paperphone::agent
