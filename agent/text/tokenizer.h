// Byte-level BPE as Qwen2 uses it: NFC, added tokens cut out, a Unicode-aware split
// into pieces, bytes merged by rank. Any bytes encode, and decode(encode(x)) == x for
// NFC-normalised UTF-8.
//
// Source: transformers' Qwen2Tokenizer; file formats of vocab.json, merges.txt and
// tokenizer.json (https://github.com/huggingface/tokenizers).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paperphone::agent {

struct AddedToken {
  std::int64_t id = 0;
  std::string text;
  // Special tokens steer the conversation (<|im_end|>, <|image_pad|>): decode() can
  // leave them out. Plain added tokens are only abbreviations (<tool_call>).
  bool special = false;
};

// Which added tokens encode() recognises in the text. Text from users and screens is
// kNone, or it could end the turn; responses are kPlain; templates are kAll.
enum class AddedTokens : std::uint8_t { kNone, kPlain, kAll };

enum class SpecialTokens : std::uint8_t { kKeep, kSkip };

// A value: copies share their tables. Thread-safe.
class Tokenizer {
 public:
  // From the 256 byte tokens in the order of `vocab` (GPT-2 byte spelling -> id),
  // merges in rank order, and added tokens. Throws DataError if ids repeat, a merge
  // names an unknown token, or a byte is missing.
  Tokenizer(std::vector<std::pair<std::string, std::int64_t>> vocab,
            std::vector<std::pair<std::string, std::string>> merges,
            std::vector<AddedToken> added);

  // Reads DIR/tokenizer.json, or else DIR/merges.txt and DIR/vocab.json (without it
  // ids follow GPT-2's construction: 256 bytes, then the merges) with the added tokens
  // of DIR/tokenizer_config.json or DIR/added_tokens.json. Throws DataError.
  static Tokenizer load(const std::filesystem::path& directory);
  // Writes tokenizer.json, vocab.json, merges.txt, added_tokens.json and
  // tokenizer_config.json, all readable by transformers.
  void save(const std::filesystem::path& directory) const;

  std::vector<std::int64_t> encode(std::string_view text, AddedTokens added) const;
  // Ids outside the vocabulary decode to nothing.
  std::string decode(std::span<const std::int64_t> ids,
                     SpecialTokens special = SpecialTokens::kKeep) const;
  // The bytes of one token (possibly half a character); empty for unknown ids.
  std::string_view token_bytes(std::int64_t id) const;

  // Id of an added token. id_of() throws DataError if there is none.
  std::optional<std::int64_t> find_added(std::string_view text) const;
  std::int64_t id_of(std::string_view added_token) const;
  const std::vector<AddedToken>& added_tokens() const;
  // The tables as files hold them, by id and by rank.
  const std::vector<std::pair<std::string, std::int64_t>>& vocab() const;
  const std::vector<std::pair<std::string, std::string>>& merges() const;

  // 1 + the largest id.
  int size() const;

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;  // shared: immutable, megabytes
};

// Text that arrives token by token: holds back incomplete UTF-8 sequences.
class StreamingDecoder {
 public:
  StreamingDecoder(Tokenizer tokenizer, SpecialTokens special)
      : tokenizer_(std::move(tokenizer)), special_(special) {}
  // Returns the characters that are complete now.
  std::string push(std::int64_t id);
  // What is left; broken bytes as they are.
  std::string finish() { return std::exchange(held_, {}); }

 private:
  Tokenizer tokenizer_;
  SpecialTokens special_;
  std::string held_;
};

}  // namespace paperphone::agent
