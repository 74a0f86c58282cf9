#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Edges;
using app::Prop;
using app::Widget;

namespace {

constexpr int kMaxWeight = 1000;

// Empty space that a widget leaves at its left and right.
int own_margin(const Widget& widget, Surface surface) {
  const bool on_page = surface == Surface::kPage;
  switch (app::component(widget.kind).edges) {
    case Edges::kNone:
      return 0;
    case Edges::kCard:
      return on_page ? size::kMargin : 0;
    case Edges::kPlate:
      return on_page ? size::kMargin : 8;
    case Edges::kPadded:
      return kPad;
  }
  return 0;
}

}  // namespace

int paint_columns(const Paint& w) {
  const auto& body = w.widget.widgets(Prop::kBody);
  std::vector<int> weights;
  const std::string_view words = w.name(Prop::kWeights);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] < '0' || words[i] > '9') continue;
    const bool goes_on = i > 0 && words[i - 1] >= '0' && words[i - 1] <= '9';
    if (!goes_on) weights.push_back(0);
    weights.back() = std::min(weights.back() * 10 + (words[i] - '0'), kMaxWeight);
  }
  weights.resize(body.size(), 1);
  // Neighbours that bring a margin of their own share it, or the gap would be double.
  std::vector<int> overlaps(body.size(), 0);
  int total = 0, width = w.width;
  for (std::size_t i = 0; i < body.size(); ++i) {
    total += std::max(1, weights[i]);
    if (i == 0) continue;
    const int margins =
        own_margin(body[i - 1], w.surface) + own_margin(body[i], w.surface);
    overlaps[i] = std::max(0, margins - 10);
    width += overlaps[i];
  }
  int x = w.x, height = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const int weight = std::max(1, weights[i]);
    const int part = width * weight / total;
    x -= overlaps[i];
    if (w.kit.is_shown(body[i], w.row)) {
      height = std::max(height, w.kit.paint(body[i], w.row, x, w.y, part, w.surface));
    }
    x += part;
    width -= part;
    total -= weight;
  }
  return height;
}

}  // namespace paperphone::layout
