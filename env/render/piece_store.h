// What renderers share: fonts, and everything that is rasterised once. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "env/base/hash.h"
#include "env/base/lru.h"
#include "env/layout/font_metrics.h"
#include "env/render/canvas.h"
#include "env/render/code_box.h"
#include "env/render/emoji.h"
#include "env/render/glyphs.h"
#include "env/render/packed_tile.h"
#include "env/render/piece_table.h"
#include "env/render/renderer.h"

namespace paperphone::render {

enum class Face : std::uint8_t { kRegular, kBold, kIcons };

class PieceStore {
 public:
  PieceStore(const std::filesystem::path& apps_dir, const PieceStoreConfig& config);

  // Somebody will draw screens of this width: makes room for their pictures.
  void expect(int screen_width);

  const layout::FontMetrics& metrics(Face face) const;
  // 0: no icon of that name.
  char32_t icon(std::string_view name) const { return fonts_.icon(name); }

  // References stay valid as long as the store.
  const Mask& glyph(Face face, char32_t c, int size_64, int phase);
  // Of a character's box (code_box.h), `size` pixels an em.
  const Mask& code_piece(CodePiece piece, int size);
  bool is_emoji(char32_t c) const { return fonts_.emoji.has_glyph(c); }
  // REQUIRES: is_emoji(c).
  std::shared_ptr<const Sprite> emoji(char32_t c, int size_64);
  const Corners& corners(int radius);
  const Corners& ring(int radius, int thickness);
  const Mask& shadow(int width, int height, int radius, int blur);

  // A Draw's polygon (env/layout/polygon.h) on a screen of that width; made at the
  // first call. Few charts are on the way at once, so few are kept.
  std::shared_ptr<const Mask> polygon(std::string_view text, int screen_width, int width,
                                      int height);

  // A procedural picture (pictures.h) in pixels, under a veil of this colour
  // (0xAARRGGBB, 0: none); painted at the first call.
  std::shared_ptr<const Tile> picture(std::string_view kind, std::uint64_t seed,
                                      int width, int height, std::uint32_t veil = 0);

  // A box whose colour runs from `top` to `bottom` (0xAARRGGBB, opaque), without
  // corners: plates of icons and buttons, drawn again and again.
  std::shared_ptr<const Tile> gradient(int width, int height, std::uint32_t top,
                                       std::uint32_t bottom);

  // Whole frames that were handed out.
  std::shared_ptr<const ScreenFrame> frame(const Hash128& key);
  std::shared_ptr<const ScreenFrame> keep_frame(const Hash128& key,
                                                std::vector<std::uint8_t> pixels_HWC,
                                                int height, int width);

 private:
  // Kind, variant, width, height, veil.
  using PictureKey = std::tuple<int, std::uint64_t, int, int, std::uint32_t>;
  // Width, height, top, bottom.
  using GradientKey = std::tuple<int, int, std::uint32_t, std::uint32_t>;
  static constexpr std::size_t kPolygonBytes = std::size_t{8} << 20;
  static constexpr std::size_t kGradientBytes = std::size_t{8} << 20;
  static constexpr std::size_t kEmojiBytes = std::size_t{8} << 20;

  const PieceStoreConfig config_;
  layout::Fonts fonts_;
  std::vector<GlyphSource> sources_;  // by Face; used within glyphs_.get() only
  const EmojiSource emoji_source_;
  PieceTable<Mask> glyphs_;
  PieceTable<Mask> code_pieces_;
  PieceTable<Corners> corners_;
  PieceTable<Corners> rings_;
  PieceTable<Mask> shadows_;
  SharedLru<Hash128, Mask> polygons_;
  SharedLru<GradientKey, Tile> gradients_;
  SharedLru<std::pair<char32_t, int>, Sprite> emoji_;  // by character, size_64
  SharedLru<PictureKey, Tile> pictures_;
  SharedLru<PictureKey, PackedTile> packed_;  // all of those that were painted, for longer
  SharedLru<Hash128, ScreenFrame> frames_;
};

}  // namespace paperphone::render
