// What is on the screen: boxes a finger can find, and shapes a renderer can draw.
// Both in integer dp of a 360 dp wide screen; the device's scale comes later.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/sim/machine.h"
#include "env/types.h"

namespace paperphone::layout {

// Which swipes a node answers to; elsewhere they scroll the page.
enum class Swiping : std::uint8_t { kNo, kSideways, kUpAndDown, kAnyWay };

// One node of the accessibility tree, and what a touch of it means; without scale
// and meaning: UiNode (env/types.h).
struct Node {
  Rect rect;  // the visible part, dp
  Role role = Role::kText;
  sim::Target target;        // where == kNone: cannot be touched
  std::string address;  // "shop.home.products.card[17]", "ime.key.a"
  std::string text;     // what a screen reader would say; of a field: what it is for
  std::string value;    // what a field holds, as it is shown; secrets are dots
  bool enabled = true;
  bool checked = false;  // switches, check boxes, selected tabs
  bool focused = false;
  bool partly_hidden = false;  // cut by the viewport
  Swiping swiping = Swiping::kNo;
  Point whole;  // kAnyWay: width and height of what is drawn aside, dp
  std::int32_t scroll_to = -1;  // a tap scrolls the page there; -1: it does not
};

// A widget of the top screen that was painted, in a list once for each row.
struct Shown {
  std::int32_t widget = -1;  // index into ScreenSpec::widgets
  app::Ref row;              // of its list
  std::int32_t height = 0;   // dp, of all of it
  std::int32_t visible = 0;  // dp of that in sight
};

enum class Shape : std::uint8_t {
  kRect,     // color, radius; color2 != 0: vertical gradient to color2
  kOutline,  // border of `size` dp, radius
  kShadow,   // soft shadow of a rounded rect, radius; size = blur
  kText,     // text, size (px per em), bold, color; one line, baseline included
  kIcon,     // text = icon name, size = box, color
  kPicture,  // picture kind + seed, radius; color2: a veil over it, 0: none
  kAvatar,   // text = name (seed and initial), radius; bold: its letters, on color2
  kScrim,    // darkens what is below; color = 0xAA000000 style alpha
  kPolygon,  // filled outlines; text: polygon.h
};

struct Draw {
  Shape shape = Shape::kRect;
  Rect rect;  // dp; kText: x, top of the line box, width, line height
  Rect clip;  // dp; drawing stays inside
  std::uint32_t color = 0xFF000000;  // 0xAARRGGBB
  std::uint32_t color2 = 0;
  std::int16_t radius = 0;  // dp
  std::int16_t size = 0;    // dp
  bool bold = false;
  std::uint64_t seed = 0;  // kPicture
  std::string text;        // kText, kIcon, kAvatar, kPicture (its kind)
  bool operator==(const Draw&) const = default;
};

struct Frame {
  int width = 360;  // dp
  int height = 800;
  std::vector<Draw> draws;  // back to front
  std::vector<Node> nodes;  // back to front: the last one that contains a point wins
  std::vector<Shown> shown;  // from the top to the bottom
  Rect scroll_area;         // of the top screen's body; empty: cannot scroll
  std::int32_t scroll = 0;  // actual offset, clamped
  std::int32_t scroll_max = 0;
  bool ticking = false;  // shows the clock's seconds, not only its minutes

  const Node* hit(Point dp) const;  // topmost node with a target; nullptr: none
  // Topmost node that a swipe of this kind, begun here, is for; nullptr: none.
  const Node* swiped(Point dp, Swiping swiping) const;
};

// Key of everything that is drawn; equal keys, equal pixels (at one scale).
Hash128 hash_draws(const Frame& frame);
// The same without the status bar, whose clock goes on by itself.
Hash128 hash_page(const Frame& frame);

}  // namespace paperphone::layout
