// Keys and values of earlier prompts. A prompt that begins like one of them (the same ids,
// the same pictures) goes on from there: the tool description, the history of an
// episode's earlier turns, another task on the same screenshot.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <vector>

#include "agent/model/decoder.h"
#include "agent/text/sample.h"
#include "env/base/hash.h"

namespace paperphone::agent {

class PrefixCache {
 public:
  // Least recently used prompts are forgotten above `max_bytes`; 0: keeps none.
  explicit PrefixCache(std::int64_t max_bytes) : max_bytes_(max_bytes) {}

  // `state` says which weights and arithmetic they come from: another one empties it.
  void expect(const Hash128& state);
  void clear();

  // The longest known beginning of `prompt`, at most all but its last token.
  struct Match {
    std::shared_ptr<const KeyValues> rows;  // one row [1, K, S, E] per layer
    std::int64_t length = 0;
  };
  Match longest(const Prompt& prompt, std::int64_t image_token_id);
  // Row `row` of `prefixes`, which is that of `prompt`.
  void put(const Prompt& prompt, std::int64_t image_token_id, const KeyValues& prefixes,
           std::int64_t row);

  std::int64_t max_bytes() const { return max_bytes_; }
  std::int64_t bytes() const { return bytes_; }
  std::int64_t reused_tokens() const { return reused_; }

 private:
  struct Entry {
    std::vector<std::uint64_t> signature;
    std::shared_ptr<const KeyValues> rows;
    std::int64_t bytes = 0;
  };
  void erase(std::list<Entry>::iterator entry);

  std::int64_t max_bytes_;
  std::int64_t bytes_ = 0, reused_ = 0;
  Hash128 state_;
  std::list<Entry> entries_;  // most recently used first
};

}  // namespace paperphone::agent
