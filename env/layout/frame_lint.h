// What a person would find wrong with a screen at a glance: boxes too small for a
// finger, words cut short, signs that the fonts do not have.
#pragma once

#include <string>
#include <vector>

#include "env/layout/font_metrics.h"
#include "env/layout/frame.h"

namespace paperphone::layout {

inline constexpr int kLeastTouch = 32;  // dp, either side of a box that is touched

struct FrameFinding {
  enum class What : std::uint8_t {
    kSmallTarget,  // under kLeastTouch and not merely cut by the viewport
    kCutText,      // ends in an ellipsis, or wider than the room it is drawn in
    kMissingGlyph,
    kOverlap,  // another target lies on the middle of this one
  };
  What what = What::kSmallTarget;
  std::string address;      // of the node concerned; empty: text outside of any node
  std::string text;         // for people: "28x40 dp", the text as drawn, "U+1F600"
  std::string str() const;  // "shop.cart.list.item[3].minus: small target: 28x40 dp"
  bool operator==(const FrameFinding&) const = default;
};

// Ordered as nodes and shapes are in the frame. Keys of the keyboard may be narrower
// than kLeastTouch: there are ten in a row.
std::vector<FrameFinding> lint_frame(const Frame& frame, const Fonts& fonts);

}  // namespace paperphone::layout
