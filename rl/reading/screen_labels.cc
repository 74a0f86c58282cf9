#include "rl/reading/screen_labels.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "env/base/check.h"
#include "env/base/utf8.h"

namespace paperphone::rl {

using layout::Draw;
using layout::Frame;
using layout::Shape;

namespace {

bool opaque(const Draw& draw) {
  switch (draw.shape) {
    case Shape::kRect: return draw.color >> 24 == 0xFF;
    case Shape::kPicture:
    case Shape::kAvatar: return true;
    default: return false;
  }
}

// Is the point of draw `index` covered by something painted later?
bool covered(const Frame& frame, std::size_t index, Point dp) {
  for (std::size_t i = index + 1; i < frame.draws.size(); ++i) {
    const Draw& later = frame.draws[i];
    if (opaque(later) && later.rect.contains(dp) && later.clip.contains(dp)) return true;
  }
  return false;
}

struct Piece {
  std::string text;
  Rect dp;
  bool whole = true;
};

// Does b go on where a ends, on the same line of writing?
bool goes_on(const Rect& a, const Rect& b) {
  constexpr int kGap = 3;  // dp
  const int bottom = std::min(a.y + a.height, b.y + b.height), top = std::max(a.y, b.y);
  return 2 * (bottom - top) >= std::min(a.height, b.height) &&
         std::abs(b.x - (a.x + a.width)) <= kGap;
}

Rect around(const Rect& a, const Rect& b) {
  const int left = std::min(a.x, b.x), top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.width, b.x + b.width) - left,
          std::max(a.y + a.height, b.y + b.height) - top};
}

// "shop.results.goods.card[17]" of "shop.results.goods.card[17].star"; empty: of no list.
std::string_view row_address(std::string_view address) {
  const std::size_t end = address.rfind(']');
  return end == std::string_view::npos ? std::string_view() : address.substr(0, end + 1);
}

// The rows of lists as they stand there, by address.
std::map<std::string_view, Rect> rows_of(const Frame& frame) {
  std::map<std::string_view, Rect> rows;
  for (const layout::Node& node : frame.nodes) {
    const std::string_view address = row_address(node.address);
    if (address.empty()) continue;
    const auto [at, is_new] = rows.try_emplace(address, node.rect);
    if (!is_new) at->second = around(at->second, node.rect);
  }
  return rows;
}

}  // namespace

ScreenLabels label_screen(const Frame& frame, const layout::Fonts& fonts, int width_px) {
  ScreenLabels out;
  const auto to_px = [&](int dp) { return dp * width_px / frame.width; };
  const Rect screen = {0, 0, frame.width, frame.height};
  std::vector<Piece> pieces;
  const auto add_lines = [&] {
    const auto rows = rows_of(frame);
    for (const Piece& piece : pieces) {
      if (!piece.whole) continue;
      Line line{piece.text,
                {to_px(piece.dp.x), to_px(piece.dp.y), to_px(piece.dp.width),
                 to_px(piece.dp.height)}};
      int index = 0;
      for (const auto& [address, rect] : rows) {
        if (rect.contains(piece.dp.center())) line.row = index;
        ++index;
      }
      out.lines.push_back(std::move(line));
    }
    std::stable_sort(out.lines.begin(), out.lines.end(),
                     [](const Line& a, const Line& b) { return a.box.y < b.box.y; });
  };
  for (std::size_t i = 0; i < frame.draws.size(); ++i) {
    const Draw& draw = frame.draws[i];
    if (draw.shape != Shape::kText) continue;
    const layout::FontMetrics& font = draw.bold ? fonts.bold : fonts.regular;
    bool whole = true;
    std::int64_t pen = 0;  // 1/1024 dp
    for (std::size_t at = 0; at < draw.text.size();) {
      const char32_t c = next_code_point(draw.text, at);
      const std::int64_t advance = std::int64_t(font.advance(c)) * draw.size;
      const Point dp = {draw.rect.x + int((pen + advance / 2) / 1024),
                        draw.rect.y + draw.rect.height / 2};
      pen += advance;
      if (c == U' ' || c == U'\u3000') continue;
      if (!screen.contains(dp) || !draw.clip.contains(dp) || covered(frame, i, dp)) {
        whole = false;
        continue;
      }
      out.glyphs.push_back({c, to_px(dp.x), to_px(dp.y)});
    }
    if (!pieces.empty() && goes_on(pieces.back().dp, draw.rect)) {
      Piece& line = pieces.back();
      line.text += draw.text;
      line.dp = around(line.dp, draw.rect);
      line.whole = line.whole && whole;
    } else {
      pieces.push_back({draw.text, draw.rect, whole});
    }
  }
  add_lines();
  for (std::size_t i = 0; i < frame.nodes.size(); ++i) {
    const layout::Node& node = frame.nodes[i];
    if (node.text.empty() || node.partly_hidden || node.rect.empty() ||
        node.role == Role::kScrim || !screen.contains(node.rect.center()))
      continue;
    // A later touchable node over its middle (a sheet, a dialog) hides it.
    bool hidden = false;
    for (std::size_t j = i + 1; j < frame.nodes.size() && !hidden; ++j)
      hidden = frame.nodes[j].role == Role::kScrim &&
               frame.nodes[j].rect.contains(node.rect.center());
    if (hidden) continue;
    out.labels.push_back({node.text, node.role,
                          {to_px(node.rect.x), to_px(node.rect.y),
                           to_px(node.rect.width), to_px(node.rect.height)},
                          node.checked});
  }
  return out;
}

}  // namespace paperphone::rl
