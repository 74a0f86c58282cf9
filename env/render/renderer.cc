#include "env/render/renderer.h"

#include <algorithm>
#include <cstring>

#include "env/base/check.h"
#include "env/base/utf8.h"
#include "env/render/canvas.h"
#include "env/render/damage.h"
#include "env/render/piece_store.h"

namespace paperphone::render {

using layout::Draw;
using layout::FontMetrics;
using layout::Frame;
using layout::Shape;

namespace {

constexpr int kScreenDp = 360;
constexpr int kLargestPlate = 200 * 200;  // pixels of a gradient that is kept

const Ink kWhiteInk({255, 255, 255, 255});

// The em box of a Chinese glyph reaches this far above the baseline, in 1/1024 em.
constexpr int kTextAscent = 901;  // 0.88 em
// The same of the square that icons are designed in.
constexpr int kIconAscent = 896;  // 7/8 em

// Backgrounds of lettered avatars: top, bottom.
constexpr std::uint32_t kAvatarColors[][2] = {
    {0xFF7AA8F5, 0xFF4B7BE5}, {0xFF6FCF97, 0xFF35A873}, {0xFFF7B267, 0xFFF28C38},
    {0xFFF29191, 0xFFE0605E}, {0xFFB79CED, 0xFF8A63D2}, {0xFF6ED3CF, 0xFF2BA6A0},
    {0xFFF48FB1, 0xFFD9578A}, {0xFF90A4AE, 0xFF607D8B}, {0xFF9CCC65, 0xFF6FA336},
    {0xFFFFD166, 0xFFE9A820}, {0xFF81C7F0, 0xFF3E9BD6}, {0xFFBC9A84, 0xFF8F6B55}};

int floor_div(std::int64_t a, std::int64_t b) {
  return int(a >= 0 ? a / b : -((-a + b - 1) / b));
}

// The same colour with a quarter of white: the top of a plate of one colour.
std::uint32_t lighter(std::uint32_t argb) {
  std::uint32_t out = argb & 0xFF000000;
  for (int shift = 0; shift < 24; shift += 8) {
    const std::uint32_t channel = argb >> shift & 0xFF;
    out |= (channel + (0xFF - channel) / 4) << shift;
  }
  return out;
}

// What stands on a lettered avatar: the last one or two characters of a Chinese
// name, the first letter of any other.
std::u32string avatar_letters(std::string_view name) {
  std::u32string text = to_utf32(name);
  std::erase_if(text, [](char32_t c) { return c <= U' '; });
  if (text.empty()) return text;
  const auto is_han = [](char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; };
  if (!is_han(text.back())) {
    char32_t first = text.front();
    if (first >= U'a' && first <= U'z') first -= 32;
    return {first};
  }
  return text.substr(text.size() >= 3 && is_han(text[text.size() - 2])
                         ? text.size() - 2
                         : text.size() - 1);
}

Hash128 key_of(const Frame& frame, int width, int height) {
  return Hasher().add(layout::hash_draws(frame)).add(width).add(height).finish();
}

}  // namespace

struct Renderer::Impl {
  std::shared_ptr<PieceStore> pieces;  // shared by all renderers of the process
  int width;
  int height;
  // The last frame's shapes and pixels; no pixels before the first.
  std::shared_ptr<const Frame> shown;
  std::vector<Placed> placed;  // of its shapes
  std::span<std::uint8_t> pixels_HWC;  // the caller's, or own_pixels
  std::vector<std::uint8_t> own_pixels;

  // Nearest pixel edge of a dp edge. Both sides of a shared edge are rounded alike,
  // so neighbours touch at every scale.
  int edge(int dp) const {
    return floor_div((std::int64_t(dp) * width * 2 + kScreenDp), 2 * kScreenDp);
  }
  Rect to_pixels(const Rect& dp) const {
    const int x = edge(dp.x);
    const int y = edge(dp.y);
    return {x, y, edge(dp.x + dp.width) - x, edge(dp.y + dp.height) - y};
  }
  // Pixels per em times 64.
  int size_64(int dp) const { return dp * width * 64 / kScreenDp; }

  const Corners* corners(const Rect& area, int radius_dp) const {
    const int radius = std::min({edge(radius_dp), area.width / 2, area.height / 2});
    return radius > 0 ? &pieces->corners(radius) : nullptr;
  }

  Rect screen() const { return {0, 0, width, height}; }

  // Of these pixels nothing below can be seen. Without the rows of round corners.
  Rect opaque_part(const Draw& draw) const {
    const bool opaque = (draw.shape == Shape::kRect && draw.color >> 24 == 255 &&
                         (draw.color2 == 0 || draw.color2 >> 24 == 255)) ||
                        draw.shape == Shape::kPicture;
    if (!opaque) return {};
    Rect area = to_pixels(draw.rect);
    const int radius = std::min({edge(draw.radius), area.width / 2, area.height / 2});
    area.y += radius;
    area.height -= 2 * radius;
    return intersect(area, to_pixels(draw.clip));
  }

  std::vector<Placed> place(const std::vector<Draw>& draws) const;
  Rect bounds(const Draw& draw) const;
  // Draws what reaches into `part`; nothing outside of it changes.
  void compose(std::span<const Placed> placed, const Rect& part, Canvas& canvas) const;
  void update(std::shared_ptr<const Frame> frame);
  void draw(const Draw& draw, const Draw* next, Canvas& canvas) const;
  void draw_rect(const Draw& draw, const Rect& area, Canvas& canvas) const;
  void draw_outline(const Draw& draw, const Rect& area, Canvas& canvas) const;
  void draw_shadow(const Draw& draw, const Draw* next, const Rect& area,
                   Canvas& canvas) const;
  void draw_text(const Draw& draw, const Rect& area, Canvas& canvas) const;
  void draw_icon(const Draw& draw, const Rect& area, Canvas& canvas) const;
  void draw_picture(std::string_view kind, std::uint64_t seed, int radius,
                    std::uint32_t veil, const Rect& area, Canvas& canvas) const;
  void draw_avatar(const Draw& draw, const Rect& area, Canvas& canvas) const;
  void draw_polygon(const Draw& draw, const Rect& area, Canvas& canvas) const;
  void draw_letters(std::u32string_view text, const Rect& area, Canvas& canvas) const;
  // What stands for a character without a glyph; (x, y): the em box's corner.
  void draw_code(char32_t c, int size_64, Point at, const Ink& ink,
                 Canvas& canvas) const;
};

Rect Renderer::Impl::bounds(const Draw& draw) const {
  constexpr int kRounding = 2;
  const Rect area = to_pixels(draw.rect);
  // Glyphs may hang over the line box; a whole em is more than any of ours does.
  const int over = draw.shape == Shape::kText     ? size_64(draw.size) / 64 + kRounding
                   : draw.shape == Shape::kIcon   ? edge(draw.size) + kRounding
                   : draw.shape == Shape::kShadow ? edge(draw.size) + kRounding
                   : draw.shape == Shape::kAvatar ? area.width / 2 + kRounding
                                                  : kRounding;
  return intersect(
      intersect({area.x - over, area.y - over, area.width + 2 * over,
                 area.height + 2 * over},
                to_pixels(draw.clip)),
      screen());
}

std::vector<Placed> Renderer::Impl::place(const std::vector<Draw>& draws) const {
  std::vector<Placed> placed;
  placed.reserve(draws.size());
  for (const Draw& draw : draws)
    placed.push_back({&draw, bounds(draw), opaque_part(draw)});
  return placed;
}

void Renderer::Impl::compose(std::span<const Placed> placed, const Rect& part,
                             Canvas& canvas) const {
  canvas.set_limit(part);
  // Nothing below the last thing that covers all of the part can be seen.
  std::size_t first = placed.size();
  while (first > 0 && intersect(placed[first - 1].opaque, part) != part) --first;
  if (first == 0) {
    canvas.fill(part, nullptr, Color{}, Color{});
  } else {
    --first;
  }
  for (std::size_t i = first; i < placed.size(); ++i) {
    if (intersect(placed[i].bounds, part).empty()) continue;
    draw(*placed[i].draw, i + 1 < placed.size() ? placed[i + 1].draw : nullptr, canvas);
  }
}

void Renderer::Impl::draw(const Draw& draw, const Draw* next, Canvas& canvas) const {
  const Rect area = to_pixels(draw.rect);
  canvas.set_clip(to_pixels(draw.clip));
  if (draw.shape == Shape::kText) return draw_text(draw, area, canvas);
  if (draw.shape == Shape::kShadow) return draw_shadow(draw, next, area, canvas);
  if (draw.shape == Shape::kIcon) return draw_icon(draw, area, canvas);
  if (area.empty() || canvas.clipped_away(area)) return;
  switch (draw.shape) {
    case Shape::kRect:
      return draw_rect(draw, area, canvas);
    case Shape::kOutline:
      return draw_outline(draw, area, canvas);
    case Shape::kPicture:
      return draw_picture(draw.text, draw.seed, draw.radius, draw.color2, area, canvas);
    case Shape::kAvatar:
      return draw_avatar(draw, area, canvas);
    case Shape::kPolygon:
      return draw_polygon(draw, area, canvas);
    default: {  // kScrim
      const Color color = Color::from_argb(draw.color);
      return canvas.fill(area, nullptr, color, color);
    }
  }
}

void Renderer::Impl::draw_rect(const Draw& draw, const Rect& area,
                               Canvas& canvas) const {
  const Color top = Color::from_argb(draw.color);
  const Color bottom = draw.color2 != 0 ? Color::from_argb(draw.color2) : top;
  const bool plate = draw.color2 != 0 && top.alpha == 255 && bottom.alpha == 255 &&
                     area.width * area.height <= kLargestPlate;
  if (plate) {
    const auto tile =
        pieces->gradient(area.width, area.height, draw.color, draw.color2);
    return canvas.tile(*tile, area.x, area.y, corners(area, draw.radius));
  }
  canvas.fill(area, corners(area, draw.radius), top, bottom);
}

void Renderer::Impl::draw_outline(const Draw& draw, const Rect& area,
                                  Canvas& canvas) const {
  const int half = std::min(area.width, area.height) / 2;
  if (half == 0) {  // a line
    const Color color = Color::from_argb(draw.color);
    return canvas.fill(area, nullptr, color, color);
  }
  const int thickness = std::clamp(edge(draw.size), 1, half);
  const int radius = std::clamp(edge(draw.radius), 0, half);
  canvas.outline(area, pieces->ring(radius, thickness), thickness,
                 Color::from_argb(draw.color));
}

void Renderer::Impl::draw_shadow(const Draw& draw, const Draw* next, const Rect& area,
                                 Canvas& canvas) const {
  if (area.empty()) return;
  const int blur = std::max(1, edge(draw.size));
  const Rect outer{area.x - blur, area.y - blur, area.width + 2 * blur,
                   area.height + 2 * blur};
  if (canvas.clipped_away(outer)) return;
  const int radius =
      std::clamp(edge(draw.radius), 0, std::min(area.width, area.height) / 2);
  // A card usually follows its shadow; what it hides need not be blended.
  const Rect hole = next != nullptr ? opaque_part(*next) : Rect{};
  canvas.shadow(outer, pieces->shadow(area.width, area.height, radius, blur), hole,
                Color::from_argb(draw.color));
}

void Renderer::Impl::draw_text(const Draw& draw, const Rect& area,
                               Canvas& canvas) const {
  const int size = size_64(draw.size);
  // Glyphs may hang over the line box; a whole em is more than any of ours does.
  const int overhang = size / 64 + 1;
  if (canvas.clipped_away({area.x - overhang, area.y - overhang,
                           area.width + 2 * overhang, area.height + 2 * overhang})) {
    return;
  }
  const Face face = draw.bold ? Face::kBold : Face::kRegular;
  const FontMetrics& metrics = pieces->metrics(face);
  const Ink ink(Color::from_argb(draw.color));
  const int top = edge(draw.rect.y) + floor_div(area.height * 64 - size + 64, 128);
  const int baseline =
      top + floor_div(std::int64_t(size) * kTextAscent + 32768, 65536);
  // The pen in 1/(64 * 1024) pixel: layout's advances, exact at every scale.
  std::int64_t pen = std::int64_t(area.x) * 65536;
  constexpr std::int64_t kPhase = 65536 / GlyphSource::kPhases;
  // Some glyphs ahead: most of them have to come from beyond the nearest caches, and
  // several can be on their way at once.
  struct Next {
    const Mask* mask;
    int x;
  };
  constexpr std::size_t kAhead = 16;
  Next next[kAhead];
  std::size_t count = 0;
  const auto blend = [&] {
    for (std::size_t i = 0; i < count; ++i) next[i].mask->prefetch();
    for (std::size_t i = 0; i < count; ++i)
      canvas.mask(*next[i].mask, next[i].x, baseline, ink);
    count = 0;
  };
  for (std::size_t at = 0; at < draw.text.size();) {
    const char32_t c = next_code_point(draw.text, at);
    const std::int64_t quarters = floor_div(pen + kPhase / 2, kPhase);
    const int x = floor_div(quarters, GlyphSource::kPhases);
    int advance = metrics.glyph_advance(c);
    if (advance == 0) [[unlikely]] {
      advance = FontMetrics::kBoxAdvance;
      if (c > U' ') draw_code(c, size, {x, top}, ink, canvas);
    } else if (advance > FontMetrics::kWidestOfLetters && pieces->is_emoji(c))
        [[unlikely]] {
      canvas.sprite(*pieces->emoji(c, size), x, top);
    } else if (c > U' ') {
      const int phase = int(quarters - std::int64_t(x) * GlyphSource::kPhases);
      const Mask& mask = pieces->glyph(face, c, size, phase);
      __builtin_prefetch(&mask);
      next[count++] = {&mask, x};
      if (count == kAhead) blend();
    }
    pen += std::int64_t(advance) * size;
  }
  blend();
}

void Renderer::Impl::draw_icon(const Draw& draw, const Rect& area,
                               Canvas& canvas) const {
  const int size = size_64(draw.size);
  const int box = (size + 32) / 64;
  const int x = area.x + floor_div(area.width - box, 2);
  const int y = area.y + floor_div(area.height - box, 2);
  if (canvas.clipped_away({x, y, box, box})) return;
  const char32_t c = pieces->icon(draw.text);
  const int ascent = floor_div(std::int64_t(size) * kIconAscent + 32768, 65536);
  canvas.mask(pieces->glyph(Face::kIcons, c, size, 0), x, y + ascent,
              Ink(Color::from_argb(draw.color)));
}

void Renderer::Impl::draw_picture(std::string_view kind, std::uint64_t seed, int radius,
                                  std::uint32_t veil, const Rect& area,
                                  Canvas& canvas) const {
  const auto tile = pieces->picture(kind, seed, area.width, area.height, veil);
  canvas.tile(*tile, area.x, area.y, corners(area, radius));
}

void Renderer::Impl::draw_avatar(const Draw& draw, const Rect& area,
                                 Canvas& canvas) const {
  const std::uint64_t seed = hash_bytes(draw.text).low;
  const std::uint64_t look = seed >> 32;
  const std::u32string letters = avatar_letters(draw.text);
  // People choose portraits first, then views and things; some choose nothing.
  constexpr std::string_view kLooks[] = {"portrait", "portrait", "portrait",
                                         "portrait", "portrait", "landscape",
                                         "landscape"};
  const std::size_t which = look % (letters.empty() ? 7 : 10);
  if (which < std::size(kLooks) && !draw.bold) {
    return draw_picture(kLooks[which], seed, draw.radius, 0, area, canvas);
  }
  const auto& chosen = kAvatarColors[seed % std::size(kAvatarColors)];
  const std::uint32_t bottom = draw.color2 != 0 ? draw.color2 : chosen[1];
  const std::uint32_t top = draw.color2 != 0 ? lighter(draw.color2) : chosen[0];
  canvas.fill(area, corners(area, draw.radius), Color::from_argb(top),
              Color::from_argb(bottom));
  draw_letters(letters, area, canvas);
}

void Renderer::Impl::draw_polygon(const Draw& draw, const Rect& area,
                                  Canvas& canvas) const {
  const auto mask = pieces->polygon(draw.text, width, area.width, area.height);
  canvas.mask(*mask, area.x, area.y, Ink(Color::from_argb(draw.color)));
}

void Renderer::Impl::draw_letters(std::u32string_view text, const Rect& area,
                                  Canvas& canvas) const {
  // Whole pixels per em keep the letters crisp at 36 dp.
  const int size = area.width * (text.size() > 1 ? 36 : 46) / 100 * 64;
  const FontMetrics& metrics = pieces->metrics(Face::kRegular);
  std::int64_t total = 0;
  for (char32_t c : text) total += std::int64_t(metrics.advance(c)) * size;
  std::int64_t pen = std::int64_t(area.x) * 65536 + (area.width * 65536ll - total) / 2;
  const int top = area.y + floor_div(area.height * 64 - size + 64, 128);
  const int baseline =
      top + floor_div(std::int64_t(size) * kTextAscent + 32768, 65536);
  for (char32_t c : text) {
    const int x = floor_div(pen + 32768, 65536);
    if (pieces->is_emoji(c)) {
      canvas.sprite(*pieces->emoji(c, size), x, top);
    } else if (metrics.has_glyph(c)) {
      canvas.mask(pieces->glyph(Face::kRegular, c, size, 0), x, baseline, kWhiteInk);
    } else {
      draw_code(c, size, {x, top}, kWhiteInk, canvas);
    }
    pen += std::int64_t(metrics.advance(c)) * size;
  }
}

void Renderer::Impl::draw_code(char32_t c, int size_64, Point at, const Ink& ink,
                               Canvas& canvas) const {
  const int size = size_64 / 64;
  for (const PlacedCodePiece& part : code_box(c, size))
    canvas.mask(pieces->code_piece(part.piece, size), at.x + part.x, at.y + part.y, ink);
}

Renderer::Renderer(std::shared_ptr<PieceStore> pieces, int width_px, int height_px,
                   std::span<std::uint8_t> memory)
    : impl_(std::make_unique<Impl>(Impl{.pieces = std::move(pieces),
                                         .width = width_px,
                                         .height = height_px,
                                         .shown = {},
                                         .placed = {},
                                         .pixels_HWC = memory,
                                         .own_pixels = {}})) {
  CHECK_GE(width_px, 1);
  CHECK_GE(height_px, 1);
  if (!memory.empty())
    CHECK_EQ(memory.size(), std::size_t(width_px) * height_px * 3);
  impl_->pieces->expect(width_px);
}

Renderer::~Renderer() = default;

int Renderer::width() const { return impl_->width; }
int Renderer::height() const { return impl_->height; }

// Brings the pixels up to date.
void Renderer::Impl::update(std::shared_ptr<const Frame> frame) {
  std::vector<Placed> now = place(frame->draws);
  const std::vector<Rect> parts =
      shown != nullptr ? damage(placed, now) : std::vector<Rect>{screen()};
  placed = std::move(now);
  shown = std::move(frame);
  if (parts.empty()) return;
  if (pixels_HWC.empty()) {
    own_pixels.resize(std::size_t(width) * height * 3);
    pixels_HWC = own_pixels;
  }
  Canvas canvas(pixels_HWC, width, height);
  for (const Rect& part : parts) compose(placed, part, canvas);
}

ImageView Renderer::draw(std::shared_ptr<const Frame> frame) {
  impl_->update(std::move(frame));
  return shown();
}

ImageView Renderer::shown() const {
  return {impl_->pixels_HWC, impl_->height, impl_->width};
}

void Renderer::draw(const Frame& frame, std::span<std::uint8_t> pixels_HWC) {
  CHECK_EQ(pixels_HWC.size(), std::size_t(impl_->width) * impl_->height * 3);
  std::memcpy(pixels_HWC.data(), draw(frame).pixels_HWC.data(), pixels_HWC.size());
}

std::shared_ptr<const ScreenFrame> Renderer::frame(std::shared_ptr<const Frame> frame) {
  const Hash128 key = key_of(*frame, impl_->width, impl_->height);
  if (auto kept = impl_->pieces->frame(key)) return kept;
  impl_->update(std::move(frame));
  const auto pixels = impl_->pixels_HWC;
  return impl_->pieces->keep_frame(key, {pixels.begin(), pixels.end()}, impl_->height,
                                   impl_->width);
}

void Renderer::draw_naively(const Frame& frame,
                            std::span<std::uint8_t> pixels_HWC) const {
  CHECK_EQ(pixels_HWC.size(), std::size_t(impl_->width) * impl_->height * 3);
  Canvas canvas(pixels_HWC, impl_->width, impl_->height);
  canvas.fill(impl_->screen(), nullptr, Color{}, Color{});
  for (std::size_t i = 0; i < frame.draws.size(); ++i) {
    impl_->draw(frame.draws[i],
                i + 1 < frame.draws.size() ? &frame.draws[i + 1] : nullptr, canvas);
  }
}

}  // namespace paperphone::render
