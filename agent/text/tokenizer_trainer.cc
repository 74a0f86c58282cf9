#include "agent/text/tokenizer_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "agent/text/byte_spelling.h"
#include "agent/text/history_words.h"
#include "agent/text/pre_tokenizer.h"
#include "agent/text/response.h"
#include "env/base/error.h"
#include "env/base/utf8.h"

namespace paperphone::agent {
namespace {

using Pair = std::pair<int, int>;

// Grows a vocabulary of byte strings and the merges that lead to them.
class VocabBuilder {
 public:
  explicit VocabBuilder(int limit) : limit_(limit) {
    for (std::uint8_t byte : byte_order())
      ids_[std::string(1, char(byte))] = add(std::string(1, char(byte)));
  }

  bool full(int room = 1) const { return int(tokens_.size()) + room > limit_; }
  int size() const { return int(tokens_.size()); }
  const std::string& token(int id) const { return tokens_[id]; }

  // The id of `bytes`, if it is a token.
  int find(const std::string& bytes) const {
    const auto it = ids_.find(bytes);
    return it == ids_.end() ? -1 : it->second;
  }

  int merge(int left, int right) {
    const std::string bytes = tokens_[left] + tokens_[right];
    if (const int known = find(bytes); known >= 0) return known;
    merges_.emplace_back(spelling_of_bytes(tokens_[left]),
                         spelling_of_bytes(tokens_[right]));
    return ids_[bytes] = add(bytes);
  }

  // Makes one character a single token, byte by byte from the left. False if there
  // is no room for all steps.
  bool add_character(const std::string& bytes) {
    int steps = 0;
    for (std::size_t n = 2; n <= bytes.size(); ++n)
      steps += find(bytes.substr(0, n)) < 0;
    if (full(steps)) return false;
    int left = find(bytes.substr(0, 1));
    for (std::size_t n = 1; n < bytes.size(); ++n)
      left = merge(left, find(bytes.substr(n, 1)));
    return true;
  }

  Tokenizer finish(std::vector<AddedToken> added) const {
    std::vector<std::pair<std::string, std::int64_t>> vocab;
    for (int id = 0; id < size(); ++id)
      vocab.emplace_back(spelling_of_bytes(tokens_[id]), id);
    for (std::size_t i = 0; i < added.size(); ++i) added[i].id = size() + int(i);
    return Tokenizer(std::move(vocab), merges_, std::move(added));
  }

 private:
  int add(std::string bytes) {
    tokens_.push_back(std::move(bytes));
    return int(tokens_.size()) - 1;
  }

  int limit_;
  std::vector<std::string> tokens_;
  std::map<std::string, int> ids_;
  std::vector<std::pair<std::string, std::string>> merges_;
};

struct Piece {
  std::vector<int> ids;
  std::int64_t count = 0;
};

// Counts of adjacent pairs, kept up to date while pairs merge.
class PairCounts {
 public:
  PairCounts(std::vector<Piece> pieces, const VocabBuilder& vocab)
      : pieces_(std::move(pieces)), vocab_(vocab) {
    for (std::size_t i = 0; i < pieces_.size(); ++i) count(i, +1);
  }

  // The most frequent pair; ties go to the smaller ids. Count 0: nothing is left.
  std::pair<Pair, std::int64_t> best() const {
    std::pair<Pair, std::int64_t> best{{0, 0}, 0};
    for (const auto& [pair, count] : counts_)
      if (count > best.second) best = {pair, count};
    return best;
  }

  void replace(Pair pair, int merged) {
    const std::set<std::size_t> where = std::move(places_[pair]);
    places_.erase(pair);
    for (std::size_t index : where) {
      count(index, -1);
      std::vector<int>& ids = pieces_[index].ids;
      std::size_t out = 0;
      for (std::size_t i = 0; i < ids.size();) {
        const bool hit = i + 1 < ids.size() && Pair{ids[i], ids[i + 1]} == pair;
        ids[out++] = hit ? merged : ids[i];
        i += hit ? 2 : 1;
      }
      ids.resize(out);
      count(index, +1);
    }
    counts_.erase(pair);
  }

 private:
  // Characters outside ASCII stay tokens of their own (and halves of them halves).
  bool ascii(int id) const { return std::uint8_t(vocab_.token(id)[0]) < 0x80; }

  void count(std::size_t index, int sign) {
    const Piece& piece = pieces_[index];
    for (std::size_t i = 0; i + 1 < piece.ids.size(); ++i) {
      const Pair pair{piece.ids[i], piece.ids[i + 1]};
      if (!ascii(pair.first) || !ascii(pair.second)) continue;
      counts_[pair] += sign * piece.count;
      if (sign > 0) places_[pair].insert(index);
    }
  }

  std::vector<Piece> pieces_;
  const VocabBuilder& vocab_;
  std::map<Pair, std::int64_t> counts_;
  std::map<Pair, std::set<std::size_t>> places_;
};

std::vector<std::pair<std::string, std::int64_t>> by_frequency(
    const std::map<std::string, std::int64_t>& counts) {
  std::vector<std::pair<std::string, std::int64_t>> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return list;
}

}  // namespace

Tokenizer train_tokenizer(std::span<const std::string> corpus,
                          const TokenizerTrainingOptions& options) {
  const int limit = options.vocab_size - int(options.added_tokens.size());
  if (limit < 256)
    throw ConfigError(fmt::format(
        "tokenizer: vocab_size {} cannot hold 256 bytes and {} added tokens",
        options.vocab_size, options.added_tokens.size()));

  std::map<std::string, std::int64_t> piece_counts, character_counts;
  for (const std::string& text : corpus) {
    const std::string normal = normalize_nfc(text);
    for_each_piece(normal,
                   [&](std::string_view piece) { ++piece_counts[std::string(piece)]; });
    for (char32_t c : to_utf32(normal)) {
      std::string bytes;
      append_utf8(bytes, c);
      if (bytes.size() > 1) ++character_counts[bytes];
    }
  }

  VocabBuilder vocab(limit);
  for (const auto& [character, count] : by_frequency(character_counts))
    if (count >= options.min_count) vocab.add_character(character);

  std::vector<Piece> pieces;
  for (const auto& [text, count] : piece_counts) {
    Piece piece{{}, count};
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      next_code_point(text, end);
      const int id = vocab.find(text.substr(i, end - i));
      if (id >= 0) {
        piece.ids.push_back(id);
      } else {  // a character without a token: as far as its bytes have merged
        while (i < end) {
          std::size_t n = end - i;
          while (vocab.find(text.substr(i, n)) < 0) --n;
          piece.ids.push_back(vocab.find(text.substr(i, n)));
          i += n;
        }
      }
      i = end;
    }
    pieces.push_back(std::move(piece));
  }

  PairCounts pairs(std::move(pieces), vocab);
  while (!vocab.full()) {
    const auto [pair, count] = pairs.best();
    if (count < std::max(1, options.min_count)) break;
    pairs.replace(pair, vocab.merge(pair.first, pair.second));
  }
  return vocab.finish(options.added_tokens);
}

namespace {

// Cuts `text` at the places held by stand-ins.
std::vector<std::string> cut(std::string_view text,
                             std::span<const std::string_view> stand_ins) {
  std::vector<std::string> pieces = {""};
  for (std::size_t i = 0; i < text.size();) {
    const auto hit = std::find_if(stand_ins.begin(), stand_ins.end(), [&](auto word) {
      return text.substr(i).starts_with(word);
    });
    if (hit != stand_ins.end()) {
      pieces.emplace_back();
      i += hit->size();
    } else {
      pieces.back() += text[i++];
    }
  }
  return pieces;
}

}  // namespace

std::vector<AddedToken> tiny_added_tokens() {
  std::vector<AddedToken> tokens;
  std::set<std::string> known;
  const auto add = [&](const std::string& text, bool special) {
    if (!text.empty() && known.insert(text).second)
      tokens.push_back({0, text, special});
  };
  for (const char* text :
       {"<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>",
        "<|object_ref_end|>", "<|box_start|>", "<|box_end|>", "<|quad_start|>",
        "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
        "<|image_pad|>", "<|video_pad|>"})
    add(text, true);
  for (const char* text :
       {"<tool_call>", "</tool_call>", "<think>", "</think>", "<note>", "</note>",
        "<action>", "</action>"})
    add(text, false);
  add(std::string(kNoteLine), false);
  add(std::string(kNothingChanged), false);

  // Whatever format_response writes between the parts that vary is one token each.
  constexpr std::string_view kStandIns[] = {"TTTT", "NNNN", "SSSS", "7771",
                                            "7772", "7773", "7774", "WWWW"};
  const Point a{7771, 7772}, b{7773, 7774};
  std::vector<Action> actions = {Click{a},
                                 Swipe{a, b},
                                 TypeText{"WWWW"},
                                 OpenApp{"WWWW"},
                                 Answer{"WWWW"},
                                 KeyPress{"WWWW"},
                                 Wait{7773},
                                 LongPress{a, 7773},
                                 Wait{1},
                                 Wait{2},
                                 LongPress{a, 1},
                                 LongPress{a, 2},
                                 Terminate{TerminateStatus::kSuccess},
                                 Terminate{TerminateStatus::kFailure}};
  for (Button button : {Button::kBack, Button::kHome, Button::kMenu, Button::kEnter})
    actions.push_back(SystemButton{button});
  for (ThoughtStyle style : {ThoughtStyle::kFull, ThoughtStyle::kFast})
    for (const char* note : {"", "NNNN"})
      for (const Action& action : actions)
        for (const std::string& piece :
             cut(format_response({"TTTT", note, "SSSS"}, action, style), kStandIns))
          if (piece.size() > 1) add(piece, false);
  return tokens;
}

}  // namespace paperphone::agent
