#include "agent/text/tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "agent/text/byte_spelling.h"
#include "agent/text/pre_tokenizer.h"
#include "env/base/error.h"

namespace paperphone::agent {

struct Tokenizer::Tables {
  struct Merge {
    int rank = 0;
    std::int64_t id = 0;
  };
  std::vector<std::pair<std::string, std::int64_t>> vocab;  // spellings
  std::vector<std::pair<std::string, std::string>> merges;
  std::vector<AddedToken> added;  // by id

  std::vector<std::string> bytes_of_id;
  std::vector<bool> is_special;
  std::array<std::int64_t, 256> id_of_byte{};
  std::unordered_map<std::uint64_t, Merge> merge_of_pair;  // looked up, never iterated
  // Added tokens by first byte, longest first.
  std::array<std::vector<const AddedToken*>, 256> added_by_byte;
  std::unordered_map<std::string, std::int64_t> added_ids;

  void encode_piece(std::string_view piece, std::vector<std::int64_t>* ids) const;
  void encode_text(std::string_view text, std::vector<std::int64_t>* ids) const;
};

namespace {

constexpr std::int64_t kMaxId = 1 << 24;

std::uint64_t pair_key(std::int64_t left, std::int64_t right) {
  return std::uint64_t(left) << 32 | std::uint64_t(right);
}

}  // namespace

Tokenizer::Tokenizer(std::vector<std::pair<std::string, std::int64_t>> vocab,
                     std::vector<std::pair<std::string, std::string>> merges,
                     std::vector<AddedToken> added) {
  auto tables = std::make_shared<Tables>();
  Tables& t = *tables;
  t.vocab = std::move(vocab);
  t.merges = std::move(merges);
  t.added = std::move(added);
  std::sort(t.vocab.begin(), t.vocab.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  std::sort(t.added.begin(), t.added.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });

  const auto place = [&](std::int64_t id, std::string bytes, std::string_view what) {
    if (id < 0 || id > kMaxId)
      throw DataError(
          fmt::format("tokenizer: id {} of '{}' is out of range", id, what));
    if (t.bytes_of_id.size() <= std::size_t(id)) {
      t.bytes_of_id.resize(id + 1);
      t.is_special.resize(id + 1);
    }
    if (!t.bytes_of_id[id].empty())
      throw DataError(
          fmt::format("tokenizer: id {} stands for two tokens, one is '{}'", id, what));
    t.bytes_of_id[id] = std::move(bytes);
  };

  std::unordered_map<std::string, std::int64_t> id_of;
  id_of.reserve(t.vocab.size());
  t.id_of_byte.fill(-1);
  for (const auto& [spelling, id] : t.vocab) {
    std::optional<std::string> bytes = bytes_of_spelling(spelling);
    // Some files repeat their added tokens in the vocabulary, spelled as they are.
    if (!bytes) continue;
    if (bytes->empty()) throw DataError("tokenizer: the vocabulary has an empty token");
    if (bytes->size() == 1) t.id_of_byte[std::uint8_t((*bytes)[0])] = id;
    const bool is_added =
        std::any_of(t.added.begin(), t.added.end(),
                    [&, id = id](const AddedToken& token) { return token.id == id; });
    if (is_added) continue;
    if (!id_of.emplace(spelling, id).second)
      throw DataError(fmt::format("tokenizer: '{}' occurs twice", spelling));
    place(id, std::move(*bytes), spelling);
  }
  for (int byte = 0; byte < 256; ++byte)
    if (t.id_of_byte[byte] < 0)
      throw DataError(
          fmt::format("tokenizer: the vocabulary has no token for byte {}", byte));

  t.merge_of_pair.reserve(t.merges.size());
  for (std::size_t rank = 0; rank < t.merges.size(); ++rank) {
    const auto& [left, right] = t.merges[rank];
    const auto a = id_of.find(left), b = id_of.find(right),
               ab = id_of.find(left + right);
    if (a == id_of.end() || b == id_of.end() || ab == id_of.end())
      throw DataError(fmt::format(
          "tokenizer: merge {} ('{}' '{}') names a token that is not in the "
          "vocabulary",
          rank, left, right));
    t.merge_of_pair.try_emplace(pair_key(a->second, b->second),
                                Tables::Merge{int(rank), ab->second});
  }

  for (const AddedToken& token : t.added) {
    if (token.text.empty())
      throw DataError(fmt::format("tokenizer: added token {} is empty", token.id));
    place(token.id, token.text, token.text);
    t.is_special[token.id] = token.special;
    if (!t.added_ids.emplace(token.text, token.id).second)
      throw DataError(fmt::format("tokenizer: '{}' is added twice", token.text));
    t.added_by_byte[std::uint8_t(token.text[0])].push_back(&token);
  }
  for (auto& list : t.added_by_byte)
    std::stable_sort(list.begin(), list.end(), [](const auto* a, const auto* b) {
      return a->text.size() > b->text.size();
    });
  tables_ = std::move(tables);
}

void Tokenizer::Tables::encode_piece(std::string_view piece,
                                     std::vector<std::int64_t>* ids) const {
  std::vector<std::int64_t> parts;
  parts.reserve(piece.size());
  for (char byte : piece) parts.push_back(id_of_byte[std::uint8_t(byte)]);
  const auto find = [&](std::size_t i) {
    const auto it = merge_of_pair.find(pair_key(parts[i], parts[i + 1]));
    return it == merge_of_pair.end() ? nullptr : &it->second;
  };
  while (parts.size() > 1) {
    const Merge* best = nullptr;
    std::size_t where = 0;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const Merge* merge = find(i);
      if (merge != nullptr && (best == nullptr || merge->rank < best->rank)) {
        best = merge;
        where = i;
      }
    }
    if (best == nullptr) break;
    // Every occurrence of this pair, left to right: the same result as one at a time.
    const std::int64_t left = parts[where], right = parts[where + 1];
    std::size_t out = where;
    for (std::size_t i = where; i < parts.size();) {
      if (i + 1 < parts.size() && parts[i] == left && parts[i + 1] == right) {
        parts[out++] = best->id;
        i += 2;
      } else {
        parts[out++] = parts[i++];
      }
    }
    parts.resize(out);
  }
  ids->insert(ids->end(), parts.begin(), parts.end());
}

void Tokenizer::Tables::encode_text(std::string_view text,
                                    std::vector<std::int64_t>* ids) const {
  // Long runs without a break (a megabyte of one letter) would make the quadratic
  // merge loop endless; natural text has no piece of that length.
  constexpr std::size_t kLongestPiece = 2048;
  for_each_piece(text, [&](std::string_view piece) {
    while (piece.size() > kLongestPiece) {
      encode_piece(piece.substr(0, kLongestPiece), ids);
      piece.remove_prefix(kLongestPiece);
    }
    encode_piece(piece, ids);
  });
}

std::vector<std::int64_t> Tokenizer::encode(std::string_view text,
                                            AddedTokens added) const {
  const Tables& t = *tables_;
  const std::string normal = normalize_nfc(text);
  text = normal;
  std::vector<std::int64_t> ids;
  if (added == AddedTokens::kNone) {
    t.encode_text(text, &ids);
    return ids;
  }
  std::size_t plain = 0;  // begin of the text that is not encoded yet
  for (std::size_t i = 0; i < text.size();) {
    const AddedToken* match = nullptr;
    for (const AddedToken* token : t.added_by_byte[std::uint8_t(text[i])]) {
      if (added == AddedTokens::kPlain && token->special) continue;
      if (text.substr(i).starts_with(token->text)) {
        match = token;
        break;
      }
    }
    if (match == nullptr) {
      ++i;
      continue;
    }
    t.encode_text(text.substr(plain, i - plain), &ids);
    ids.push_back(match->id);
    i += match->text.size();
    plain = i;
  }
  t.encode_text(text.substr(plain), &ids);
  return ids;
}

std::string Tokenizer::decode(std::span<const std::int64_t> ids,
                              SpecialTokens special) const {
  std::string text;
  for (std::int64_t id : ids) {
    if (special == SpecialTokens::kSkip && id >= 0 && id < size() &&
        tables_->is_special[id])
      continue;
    text += token_bytes(id);
  }
  return text;
}

std::string_view Tokenizer::token_bytes(std::int64_t id) const {
  if (id < 0 || id >= size()) return {};
  return tables_->bytes_of_id[id];
}

std::optional<std::int64_t> Tokenizer::find_added(std::string_view text) const {
  const auto it = tables_->added_ids.find(std::string(text));
  if (it == tables_->added_ids.end()) return std::nullopt;
  return it->second;
}

std::int64_t Tokenizer::id_of(std::string_view added_token) const {
  if (const auto id = find_added(added_token)) return *id;
  throw DataError(fmt::format("tokenizer: there is no added token '{}'", added_token));
}

const std::vector<AddedToken>& Tokenizer::added_tokens() const {
  return tables_->added;
}

const std::vector<std::pair<std::string, std::int64_t>>& Tokenizer::vocab() const {
  return tables_->vocab;
}

const std::vector<std::pair<std::string, std::string>>& Tokenizer::merges() const {
  return tables_->merges;
}

int Tokenizer::size() const { return int(tables_->bytes_of_id.size()); }

namespace {

// Length of the longest prefix of `text` that does not end inside a character.
std::size_t complete_length(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = std::uint8_t(text[text.size() - back]);
    if (byte < 0x80) break;
    if (byte >= 0xC0) {
      const std::size_t needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
      return needs > back ? text.size() - back : text.size();
    }
  }
  return text.size();
}

}  // namespace

std::string StreamingDecoder::push(std::int64_t id) {
  held_ += tokenizer_.decode(std::span(&id, 1), special_);
  const std::size_t length = complete_length(held_);
  std::string ready = held_.substr(0, length);
  held_.erase(0, length);
  return ready;
}

}  // namespace paperphone::agent
