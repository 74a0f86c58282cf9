#include "env/render/damage.h"

#include <algorithm>
#include <cstdint>

#include "env/base/hash.h"

namespace paperphone::render {
namespace {

Rect unite(const Rect& a, const Rect& b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x,
          std::max(a.y + a.height, b.y + b.height) - y};
}

std::int64_t area(const Rect& r) { return std::int64_t(r.width) * r.height; }

// Keeps few rectangles: a new one joins the one that it wastes the least with, unless
// that is more than half of what both cover.
class Region {
 public:
  void add(Rect rect) {
    if (rect.empty()) return;
    for (;;) {
      std::size_t best = rects_.size();
      std::int64_t least = 0;
      for (std::size_t i = 0; i < rects_.size(); ++i) {
        const std::int64_t waste =
            area(unite(rects_[i], rect)) - area(rects_[i]) - area(rect);
        if (best == rects_.size() || waste < least) best = i, least = waste;
      }
      const bool room = rects_.size() < kMaxDamaged;
      if (best == rects_.size() ||
          (room && least > (area(rects_[best]) + area(rect)) / 2)) {
        rects_.push_back(rect);
        return;
      }
      // The larger one may now reach others.
      rect = unite(rects_[best], rect);
      rects_.erase(rects_.begin() + std::ptrdiff_t(best));
    }
  }
  std::vector<Rect> take() { return std::move(rects_); }

 private:
  std::vector<Rect> rects_;
};

bool same(const Placed& a, const Placed& b) { return *a.draw == *b.draw; }

// Where in the second list the shapes stand, by a hash of what tells most of them apart.
class Index {
 public:
  explicit Index(std::span<const Placed> placed) : placed_(placed) {
    entries_.reserve(placed.size());
    for (std::size_t i = 0; i < placed.size(); ++i)
      entries_.push_back({key(*placed[i].draw), i});
    std::sort(entries_.begin(), entries_.end());
  }
  // The first position from `from` on of a shape like this; placed.size(): none.
  std::size_t find(const Placed& wanted, std::size_t from) const {
    const std::uint64_t k = key(*wanted.draw);
    auto it = std::lower_bound(entries_.begin(), entries_.end(), std::pair{k, from});
    for (; it != entries_.end() && it->first == k; ++it)
      if (same(placed_[it->second], wanted)) return it->second;
    return placed_.size();
  }

 private:
  static std::uint64_t key(const layout::Draw& d) {
    std::uint64_t h = std::uint64_t(d.shape) << 56 ^ std::uint64_t(d.color) << 24 ^ d.seed;
    h = h * 0x9e3779b97f4a7c15ull + (std::uint64_t(std::uint32_t(d.rect.x)) << 32 |
                                     std::uint32_t(d.rect.y));
    return h * 0x9e3779b97f4a7c15ull + std::uint64_t(d.rect.width);
  }
  std::span<const Placed> placed_;
  std::vector<std::pair<std::uint64_t, std::size_t>> entries_;
};

}  // namespace

std::vector<Rect> damage(std::span<const Placed> before, std::span<const Placed> after) {
  while (!before.empty() && !after.empty() && same(before.front(), after.front())) {
    before = before.subspan(1);
    after = after.subspan(1);
  }
  while (!before.empty() && !after.empty() && same(before.back(), after.back())) {
    before = before.first(before.size() - 1);
    after = after.first(after.size() - 1);
  }
  Region region;
  std::size_t next = 0;  // of `after`: what stands before it has been dealt with
  if (!before.empty() && !after.empty()) {
    const Index index(after);
    for (const Placed& old : before) {
      const std::size_t found =
          next < after.size() && same(old, after[next]) ? next : index.find(old, next);
      if (found == after.size()) {
        region.add(old.bounds);
        continue;
      }
      for (; next < found; ++next) region.add(after[next].bounds);
      ++next;
    }
  } else {
    for (const Placed& old : before) region.add(old.bounds);
  }
  for (; next < after.size(); ++next) region.add(after[next].bounds);
  return region.take();
}

}  // namespace paperphone::render
