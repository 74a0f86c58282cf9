#include "env/layout/painter.h"

#include <algorithm>
#include <utility>

#include "env/base/hash.h"
#include "env/base/utf8.h"
#include "env/layout/text_lines.h"

namespace paperphone::layout {

using sim::Target;

Rect intersect(Rect a, Rect b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  const int right = std::min(a.x + a.width, b.x + b.width);
  const int bottom = std::min(a.y + a.height, b.y + b.height);
  return {x, y, std::max(0, right - x), std::max(0, bottom - y)};
}

Rect inset(Rect r, int dx, int dy) {
  return {r.x + dx, r.y + dy, r.width - 2 * dx, r.height - 2 * dy};
}

Rect Painter::set_clip(Rect clip) { return std::exchange(clip_, clip); }

bool Painter::hidden(Rect rect) const { return dry_ || intersect(rect, clip_).empty(); }

int Painter::text_width(std::string_view text, int size, bool bold) const {
  return (bold ? fonts_.bold : fonts_.regular).width(text, scaled(size));
}

int Painter::fitting_size(std::string_view text, int size, int width, int least) const {
  while (size > least && text_width(text, size) > width) --size;
  return size;
}

Draw* Painter::add(Shape shape, Rect rect) {
  if (rect.empty() || hidden(rect)) return nullptr;
  Draw& draw = frame_.draws.emplace_back();
  draw.shape = shape;
  draw.rect = rect;
  draw.clip = clip_;
  return &draw;
}

void Painter::rect(Rect rect, std::uint32_t color, int radius) {
  if (Draw* d = add(Shape::kRect, rect)) {
    d->color = color;
    d->radius = std::int16_t(std::min({radius, rect.width / 2, rect.height / 2}));
  }
}

void Painter::gradient(Rect rect, std::uint32_t top, std::uint32_t bottom, int radius) {
  if (Draw* d = add(Shape::kRect, rect)) {
    d->color = top;
    d->color2 = bottom;
    d->radius = std::int16_t(std::min({radius, rect.width / 2, rect.height / 2}));
  }
}

void Painter::outline(Rect rect, std::uint32_t color, int radius, int width) {
  if (Draw* d = add(Shape::kOutline, rect)) {
    d->color = color;
    d->radius = std::int16_t(std::min({radius, rect.width / 2, rect.height / 2}));
    d->size = std::int16_t(width);
  }
}

void Painter::shadow(Rect rect, int radius, int blur, std::uint32_t color) {
  if (Draw* d = add(Shape::kShadow, rect)) {
    d->color = color;
    d->radius = std::int16_t(radius);
    d->size = std::int16_t(blur);
  }
}

void Painter::scrim(Rect rect, std::uint32_t color) {
  if (Draw* d = add(Shape::kScrim, rect)) d->color = color;
}

void Painter::icon(std::string_view name, Rect box, std::uint32_t color) {
  if (name.empty()) return;
  if (Draw* d = add(Shape::kIcon, box)) {
    d->text = name;
    d->size = std::int16_t(std::min(box.width, box.height));
    d->color = color;
  }
}

void Painter::picture(std::string_view kind, std::uint64_t seed, Rect rect, int radius,
                      std::uint32_t veil) {
  if (Draw* d = add(Shape::kPicture, rect)) {
    d->text = kind;
    d->seed = seed;
    d->radius = std::int16_t(radius);
    d->color2 = veil;
  }
}

void Painter::avatar(std::string_view name, Rect rect, int radius) {
  if (Draw* d = add(Shape::kAvatar, rect)) {
    d->text = name;
    d->radius = std::int16_t(radius);
  }
}

void Painter::letters(std::string_view name, Rect rect, int radius,
                      std::uint32_t plate) {
  if (Draw* d = add(Shape::kAvatar, rect)) {
    d->text = name;
    d->radius = std::int16_t(radius);
    d->bold = true;
    d->color2 = plate;
  }
}

void Painter::brand(std::string_view name, Rect face, std::uint32_t plate) {
  constexpr std::uint32_t kFaces[] = {0xFFE4572E, 0xFF2E86AB, 0xFF3A7D44, 0xFF8E4162,
                                      0xFFC98B1D, 0xFF3D5A80, 0xFFB23A48, 0xFF2A9D8F,
                                      0xFF6A4C93, 0xFF7A6C5D};
  const std::uint64_t look = hash_bytes(name).low;
  rect(face, plate != 0 ? plate : kFaces[look % std::size(kFaces)], face.width / 5);
  if (name.empty()) return;
  std::size_t end = 0;
  next_code_point(name, end);
  const std::string_view letter = name.substr(0, end);
  const int size = face.width / 2, height = size * 7 / 5;
  const int width = fonts_.bold.width(letter, size);
  if (Draw* d = add(Shape::kText, {face.x + (face.width - width) / 2,
                                   face.y + (face.height - height) / 2, width, height})) {
    d->text = letter;
    d->size = std::int16_t(size);
    d->color = 0xFFFFFFFF;
    d->bold = true;
  }
}

void Painter::polygon(Rect rect, const std::vector<Contour>& contours,
                      std::uint32_t color) {
  if (contours.empty()) return;
  if (Draw* d = add(Shape::kPolygon, rect)) {
    d->text = polygon_text(contours);
    d->color = color;
  }
}

void Painter::miniature(const Frame& screen, Rect face, int radius) {
  if (screen.ticking) tick();
  if (hidden(face)) return;
  const auto scale = [&](int dp) { return dp * face.width / screen.width; };
  const auto place = [&](const Rect& r) {
    const int x = face.x + scale(r.x), y = face.y + scale(r.y);
    return Rect{x, y, face.x + scale(r.x + r.width) - x,
                face.y + scale(r.y + r.height) - y};
  };
  const Rect view = intersect(face, clip_);
  for (Draw draw : screen.draws) {
    draw.rect = place(draw.rect);
    draw.clip = intersect(place(draw.clip), view);
    if (draw.clip.empty() || intersect(draw.rect, draw.clip).empty()) continue;
    draw.radius = std::int16_t(scale(draw.radius));
    if (draw.shape == Shape::kPolygon) {
      std::vector<Contour> contours = polygon_from_text(draw.text);
      for (Contour& contour : contours)
        for (Point& point : contour) point = {scale(point.x), scale(point.y)};
      draw.text = polygon_text(contours);
    }
    const bool unit = draw.shape == Shape::kOutline;  // lines stay 1 dp wide
    if (!unit) draw.size = std::int16_t(std::max(1, scale(draw.size)));
    // What reaches the face's edges gets its round corners, but stays square where it
    // ends inside.
    if (draw.shape == Shape::kRect && draw.rect.width >= face.width &&
        draw.rect.y <= face.y) {
      draw.clip = intersect(draw.clip, draw.rect);
      draw.rect = {
          face.x, face.y, face.width,
          std::min(face.height, draw.rect.y + draw.rect.height - face.y + radius)};
      draw.radius = std::int16_t(radius);
    }
    frame_.draws.push_back(std::move(draw));
  }
}

int Painter::text(std::string_view text, Rect rect, const TextStyle& style) {
  if (text.empty() || rect.width <= 0) return 0;
  const int size = scaled(style.size);
  const int height = line_height(style.size);
  const FontMetrics& font = style.bold ? fonts_.bold : fonts_.regular;
  if (dry_ && style.lines == 1) return height;
  int y = rect.y;
  const auto draw_line = [&](std::string_view line, int width) {
    int x = rect.x;
    if (style.align == TextStyle::Align::kCenter) x += (rect.width - width) / 2;
    if (style.align == TextStyle::Align::kRight) x += rect.width - width;
    if (Draw* d = add(Shape::kText, {x, y, width, height})) {
      d->text = line;
      d->size = std::int16_t(size);
      d->color = style.color;
      d->bold = style.bold;
    }
    y += height;
  };
  // Most texts are one line.
  const int advances = font.total_advance(text);
  if (advances * size <= rect.width * 1024 && text.find('\n') == text.npos) {
    draw_line(text, FontMetrics::to_dp(advances, size));
    return height;
  }
  for (const std::string& line : break_lines(text, font, size, rect.width, style.lines))
    draw_line(line, font.width(line, size));
  return y - rect.y;
}

void Painter::label(std::string_view text, Rect rect, const TextStyle& style) {
  const int height = line_height(style.size);
  this->text(text, {rect.x, rect.y + (rect.height - height) / 2, rect.width, height},
             style);
}

int Painter::run(std::string_view text, int x, int y, const TextStyle& style) {
  const int width = text_width(text, style.size, style.bold);
  this->text(text, {x, y, width + 1, line_height(style.size)}, style);
  return width;
}

int Painter::struck(std::string_view text, int x, int y, const TextStyle& style) {
  const int width = run(text, x, y, style);
  if (width > 0) rect({x, y + line_height(style.size) / 2, width, 1}, style.color);
  return width;
}

void Painter::badge(std::string_view text, Point at) {
  if (text.empty() || text == "0") return;
  if (text == "·") {
    rect({at.x - 4, at.y - 4, 8, 8}, theme_.badge, 4);
    return;
  }
  const int width = std::max(16, text_width(text, 10, true) + 9);
  const Rect pill{at.x - width / 2, at.y - 8, width, 16};
  rect(pill, theme_.badge, 8);
  label(text, pill,
        {.size = 10,
         .color = 0xFFFFFFFF,
         .bold = true,
         .align = TextStyle::Align::kCenter});
}

void Painter::chevron(int right, int center_y) {
  icon("chevron-right", {right - 18, center_y - 9, 18, 18}, theme_.text3);
}

void Painter::divider(int x, int y, int width) {
  rect({x, y, width, 1}, theme_.divider);
}

Node* Painter::node(Rect rect, Role role, const Target& target, std::string address,
                    std::string text) {
  if (dry_) return nullptr;
  Rect seen = intersect(rect, clip_);
  seen.height = std::min(seen.height, touch_bottom_ - seen.y);
  if (seen.empty()) return nullptr;
  Node& node = frame_.nodes.emplace_back();
  node.rect = seen;
  node.partly_hidden = node.rect != rect;
  node.role = role;
  node.target = target;
  node.address = std::move(address);
  node.text = std::move(text);
  return &node;
}

void Painter::put_below(Mark below, Mark from) {
  const auto turn = [](auto& list, std::size_t first, std::size_t middle) {
    const auto at = [&](std::size_t i) { return list.begin() + std::ptrdiff_t(i); };
    std::rotate(at(first), at(middle), list.end());
  };
  turn(frame_.draws, below.draws, from.draws);
  turn(frame_.nodes, below.nodes, from.nodes);
}

void Painter::take_back(Mark from) {
  frame_.draws.resize(from.draws);
  frame_.nodes.resize(from.nodes);
  frame_.shown.resize(from.shown);
}

void Painter::show(int widget, app::Ref row, Rect rect) {
  if (dry_) return;
  Rect clip = clip_;
  clip.height = std::min(clip.height, touch_bottom_ - clip.y);
  const Rect seen = intersect(rect, clip);
  if (!seen.empty()) frame_.shown.push_back({widget, row, rect.height, seen.height});
}

void Painter::set_swiping(std::size_t first, int widget, Swiping swiping) {
  for (std::size_t i = first; i < frame_.nodes.size(); ++i) {
    const Target& target = frame_.nodes[i].target;
    const bool whole = target.where == Target::Where::kWidget &&
                       target.widget == widget && target.part < 0;
    if (whole) frame_.nodes[i].swiping = swiping;
  }
}

}  // namespace paperphone::layout
