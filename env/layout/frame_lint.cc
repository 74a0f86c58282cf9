#include "env/layout/frame_lint.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/base/utf8.h"
#include "env/layout/painter.h"

namespace paperphone::layout {

using sim::Target;

namespace {

using What = FrameFinding::What;

bool can_be_touched(const Node& node) {
  return node.target.where != Target::Where::kNone && !node.address.empty();
}

// The smallest node around the point: whose words are these?
std::string address_at(const Frame& frame, Point point) {
  const Node* best = nullptr;
  const auto area = [](const Rect& r) { return r.width * r.height; };
  for (const Node& node : frame.nodes) {
    if (node.address.empty() || !node.rect.contains(point)) continue;
    if (!best || area(node.rect) <= area(best->rect)) best = &node;
  }
  return best ? best->address : std::string();
}

bool holds_rect(const Rect& outer, const Rect& inner) {
  return intersect(outer, inner) == inner;
}

// A part inside its row is right, two parts across one another are not.
void find_overlaps(const Frame& frame, std::vector<FrameFinding>& findings) {
  for (std::size_t i = 0; i < frame.nodes.size(); ++i) {
    const Node& lower = frame.nodes[i];
    if (!can_be_touched(lower) || lower.target.where != Target::Where::kWidget)
      continue;
    for (std::size_t j = i + 1; j < frame.nodes.size(); ++j) {
      const Node& upper = frame.nodes[j];
      if (!can_be_touched(upper) || upper.target.where != Target::Where::kWidget)
        continue;
      if (intersect(lower.rect, upper.rect).empty()) continue;
      if (holds_rect(lower.rect, upper.rect) && lower.rect != upper.rect) continue;
      // Only what makes the lower one hard to hit counts.
      if (!upper.rect.contains(lower.rect.center())) continue;
      findings.push_back(
          {What::kOverlap, lower.address, "covered by " + upper.address});
    }
  }
}

}  // namespace

std::string FrameFinding::str() const {
  constexpr std::string_view kNames[] = {"small target", "cut text", "missing glyph",
                                         "overlap"};
  return fmt::format("{}: {}: {}", address.empty() ? "screen" : address,
                     kNames[std::size_t(what)], text);
}

std::vector<FrameFinding> lint_frame(const Frame& frame, const Fonts& fonts) {
  std::vector<FrameFinding> findings;
  for (const Node& node : frame.nodes) {
    const bool small = node.rect.width < kLeastTouch || node.rect.height < kLeastTouch;
    if (!small || node.partly_hidden || !can_be_touched(node)) continue;
    // Neither keys nor the letters of a rail: a slip costs nothing there.
    if (node.target.where == Target::Where::kIme || node.scroll_to >= 0) continue;
    findings.push_back({What::kSmallTarget, node.address,
                        fmt::format("{}x{} dp", node.rect.width, node.rect.height)});
  }
  for (const Draw& draw : frame.draws) {
    if (draw.shape != Shape::kText) continue;
    const Rect seen = intersect(draw.rect, draw.clip);
    const bool cut_sideways =
        !seen.empty() && (seen.x != draw.rect.x || seen.width != draw.rect.width);
    if (draw.text.ends_with("…") || cut_sideways) {
      findings.push_back(
          {What::kCutText, address_at(frame, draw.rect.center()), draw.text});
    }
    const FontMetrics& font = draw.bold ? fonts.bold : fonts.regular;
    for (const char32_t c : to_utf32(draw.text)) {
      if (c <= U' ' || font.has_glyph(c)) continue;
      findings.push_back({What::kMissingGlyph, address_at(frame, draw.rect.center()),
                          fmt::format("U+{:04X}", std::uint32_t(c))});
    }
  }
  find_overlaps(frame, findings);
  return findings;
}

}  // namespace paperphone::layout
