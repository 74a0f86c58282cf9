// Makes the tiny agent's tokenizer from the texts of the apps.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agent/text/tokenizer.h"

namespace paperphone::agent {

struct TokenizerTrainingOptions {
  // Upper limit, added tokens included.
  int vocab_size = 4096;
  // A character or pair that occurs less often gets no merge of its own.
  int min_count = 2;
  // In this order, after the learned tokens.
  std::vector<AddedToken> added_tokens;  // ids are ignored and assigned
};

// 256 bytes, then for every character of the corpus (most frequent first) the merges
// that make it one token, then the most frequent pairs of ASCII (ties: smaller ids
// first), as long as there is room. A Chinese character is always one token: a model
// that learns to read from nothing has one thing to learn per character, wherever it
// stands. Deterministic. Throws ConfigError if vocab_size cannot hold
// bytes and added tokens.
Tokenizer train_tokenizer(std::span<const std::string> corpus,
                          const TokenizerTrainingOptions& options);

// The added tokens of Qwen2.5 in their published order (<|endoftext|> first, then
// <|im_start|> ... <|video_pad|>, <tool_call>, </tool_call>), followed by the fixed
// pieces of responses: tags and the beginnings of tool calls.
std::vector<AddedToken> tiny_added_tokens();

}  // namespace paperphone::agent
