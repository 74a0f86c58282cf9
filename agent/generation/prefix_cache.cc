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

PrefixCache::Match PrefixCache::longest(const Prompt& prompt,
                                        std::int64_t image_token_id) {
  Match best;
  // Videos have no signature of their own.
  if (prompts_.entries().empty() || !prompt.videos.empty()) return best;
  const Signature signature = signature_of(prompt, image_token_id);
  const Signature* found = nullptr;
  for (const auto& known : prompts_.entries()) {
    const std::int64_t length = std::min(common_length(signature, known.key),
                                         std::int64_t(signature.size()) - 1);
    if (length < kShortest || length <= best.length) continue;
    best = {known.value, length};
    found = &known.key;
  }
  if (found != nullptr) prompts_.find(*found);  // used most recently
  reused_ += best.length;
  return best;
}

void PrefixCache::put(const Prompt& prompt, std::int64_t image_token_id,
                      const KeyValues& prefixes, std::int64_t row) {
  if (prompts_.max_bytes() == 0 || !prompt.videos.empty()) return;
  const Signature signature = signature_of(prompt, image_token_id);
  std::vector<Signature> parts;  // prompts that are now a part of this one
  for (const auto& known : prompts_.entries()) {
    const std::int64_t common = common_length(signature, known.key);
    if (common == std::int64_t(signature.size())) return;  // known already
    if (common == std::int64_t(known.key.size())) parts.push_back(known.key);
  }
  for (const Signature& part : parts) prompts_.erase(part);
  const auto rows = std::make_shared<KeyValues>();
  const std::int64_t length = prefixes.lengths_B[std::size_t(row)];
  rows->lengths_B = {length};
  std::size_t bytes = 0;
  for (const auto* from : {&prefixes.keys, &prefixes.values})
    for (const torch::Tensor& tensor : *from) {
      const auto kept = tensor.narrow(0, row, 1).narrow(2, 0, length).clone();
      bytes += kept.nbytes();
      (from == &prefixes.keys ? rows->keys : rows->values).push_back(kept);
    }
  prompts_.add(signature, rows, bytes);
}

}  // namespace paperphone::agent
