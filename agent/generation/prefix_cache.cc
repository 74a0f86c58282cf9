#include "agent/generation/prefix_cache.h"

#include <algorithm>

namespace paperphone::agent {
namespace {

// Below this a match is not worth the detour.
constexpr std::int64_t kShortest = 8;

// One number per token; those of pictures say which picture and which part of it.
std::vector<std::uint64_t> signature_of(const Prompt& prompt,
                                        std::int64_t image_token_id) {
  std::vector<std::uint64_t> signature;
  signature.reserve(prompt.ids.size());
  std::size_t image = 0;
  std::uint64_t part = 0;
  for (std::size_t i = 0; i < prompt.ids.size(); ++i) {
    if (prompt.ids[i] != image_token_id) {
      if (part > 0) ++image;
      part = 0;
      signature.push_back(std::uint64_t(prompt.ids[i]));
    } else {
      const Hash128 hash =
          image < prompt.images.size() ? prompt.images[image]->hash : Hash128{};
      signature.push_back(hash.low ^ (hash.high + 0x9e3779b97f4a7c15ull * ++part));
    }
  }
  return signature;
}

std::int64_t common_length(const std::vector<std::uint64_t>& a,
                           const std::vector<std::uint64_t>& b) {
  const std::size_t n = std::min(a.size(), b.size());
  return std::mismatch(a.begin(), a.begin() + std::ptrdiff_t(n), b.begin()).first -
         a.begin();
}

}  // namespace

void PrefixCache::expect(const Hash128& state) {
  if (state == state_) return;
  clear();
  state_ = state;
}

void PrefixCache::clear() {
  entries_.clear();
  bytes_ = 0;
}

void PrefixCache::erase(std::list<Entry>::iterator entry) {
  bytes_ -= entry->bytes;
  entries_.erase(entry);
}

PrefixCache::Match PrefixCache::longest(const Prompt& prompt,
                                        std::int64_t image_token_id) {
  Match best;
  // Videos have no signature of their own.
  if (entries_.empty() || !prompt.videos.empty()) return best;
  const auto signature = signature_of(prompt, image_token_id);
  auto found = entries_.end();
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
    const std::int64_t length = std::min(common_length(signature, entry->signature),
                                         std::int64_t(signature.size()) - 1);
    if (length < kShortest || length <= best.length) continue;
    best = {entry->rows, length};
    found = entry;
  }
  if (found != entries_.end()) entries_.splice(entries_.begin(), entries_, found);
  reused_ += best.length;
  return best;
}

void PrefixCache::put(const Prompt& prompt, std::int64_t image_token_id,
                      const KeyValues& prefixes, std::int64_t row) {
  if (max_bytes_ == 0 || !prompt.videos.empty()) return;
  Entry entry{signature_of(prompt, image_token_id), nullptr, 0};
  for (auto old = entries_.begin(); old != entries_.end();) {
    const auto next = std::next(old);
    const std::int64_t common = common_length(entry.signature, old->signature);
    if (common == std::int64_t(entry.signature.size())) return;  // known already
    if (common == std::int64_t(old->signature.size())) erase(old);  // now a part of us
    old = next;
  }
  const auto rows = std::make_shared<KeyValues>();
  const std::int64_t length = prefixes.lengths_B[std::size_t(row)];
  rows->lengths_B = {length};
  for (const auto* from : {&prefixes.keys, &prefixes.values})
    for (const torch::Tensor& tensor : *from) {
      const auto kept = tensor.narrow(0, row, 1).narrow(2, 0, length).clone();
      entry.bytes += kept.numel() * std::int64_t(kept.element_size());
      (from == &prefixes.keys ? rows->keys : rows->values).push_back(kept);
    }
  if (entry.bytes > max_bytes_) return;
  entry.rows = rows;
  bytes_ += entry.bytes;
  entries_.push_front(std::move(entry));
  while (bytes_ > max_bytes_) erase(std::prev(entries_.end()));
}

}  // namespace paperphone::agent
