// Keys and values of earlier prompts. A prompt that begins like one of them (the same ids,
// the same pictures) goes on from there: the tool description, the history of an
// episode's earlier turns, another task on the same screenshot.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "agent/model/decoder.h"
#include "agent/text/sample.h"
#include "env/base/hash.h"
#include "env/base/lru.h"

namespace paperphone::agent {

class PrefixCache {
 public:
  // Least recently used prompts are forgotten above `max_bytes`; 0: keeps none.
  explicit PrefixCache(std::int64_t max_bytes) : prompts_(std::size_t(max_bytes)) {}

  // `state` says which weights and arithmetic they come from: another one empties it.
  void expect(const Hash128& state);
  void clear() { prompts_.clear(); }

  // The longest known beginning of `prompt`, at most all but its last token.
  struct Match {
    std::shared_ptr<const KeyValues> rows;  // one row [1, K, S, E] per layer
    std::int64_t length = 0;
  };
  Match longest(const Prompt& prompt, std::int64_t image_token_id);
  // Row `row` of `prefixes`, which is that of `prompt`.
  void put(const Prompt& prompt, std::int64_t image_token_id, const KeyValues& prefixes,
           std::int64_t row);

  std::int64_t max_bytes() const { return std::int64_t(prompts_.max_bytes()); }
  std::int64_t bytes() const { return std::int64_t(prompts_.bytes()); }
  std::int64_t reused_tokens() const { return reused_; }

 private:
  // One number per token.
  using Signature = std::vector<std::uint64_t>;

  std::int64_t reused_ = 0;
  Hash128 state_;
  Lru<Signature, std::shared_ptr<const KeyValues>> prompts_;
};

}  // namespace paperphone::agent
