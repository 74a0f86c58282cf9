#include "env/layout/frame.h"

#include <limits>

#include "env/layout/theme.h"

namespace paperphone::layout {

using sim::Target;

const Node* Frame::hit(Point dp) const {
  for (auto it = nodes.rbegin(); it != nodes.rend(); ++it) {
    if (it->target.where != Target::Where::kNone && it->rect.contains(dp)) return &*it;
  }
  return nullptr;
}

const Node* Frame::swiped(Point dp, Swiping swiping) const {
  for (auto it = nodes.rbegin(); it != nodes.rend(); ++it) {
    if (it->target.where == Target::Where::kNone || !it->rect.contains(dp)) continue;
    if (it->target.where != Target::Where::kWidget) return nullptr;  // a panel, keys
    if (it->swiping == swiping) return &*it;
  }
  return nullptr;
}

namespace {

Hash128 hash_from(const Frame& frame, int top) {
  Hasher hasher;
  hasher.add(frame.width).add(frame.height);
  const auto add_rect = [&](const Rect& r) {
    hasher.add(std::uint64_t(std::uint32_t(r.x)) << 32 | std::uint32_t(r.y));
    hasher.add(std::uint64_t(std::uint32_t(r.width)) << 32 | std::uint32_t(r.height));
  };
  for (const Draw& d : frame.draws) {
    if (d.rect.y + d.rect.height <= top) continue;
    add_rect(d.rect);
    add_rect(d.clip);
    hasher.add(std::uint64_t(d.color) << 32 | d.color2);
    hasher.add(std::uint64_t(std::uint16_t(d.radius)) << 32 |
               std::uint64_t(std::uint16_t(d.size)) << 16 |
               std::uint64_t(d.shape) << 1 | std::uint64_t(d.bold));
    hasher.add(d.seed).add(d.text);
  }
  return hasher.finish();
}

}  // namespace

Hash128 hash_draws(const Frame& frame) {
  return hash_from(frame, std::numeric_limits<int>::min());
}

Hash128 hash_page(const Frame& frame) { return hash_from(frame, size::kStatusBar); }

}  // namespace paperphone::layout
