#include "env/render/piece_store.h"

#include "env/layout/polygon.h"
#include "env/render/masks.h"
#include "env/render/pictures/pictures.h"
#include "env/render/qt_application.h"

namespace paperphone::render {

using layout::Contour;

namespace {
constexpr int kScreenDp = 360;

Tile veiled(Tile tile, std::uint32_t veil) {
  const Color color = Color::from_argb(veil);
  Canvas canvas(tile.pixels_HWC, tile.width, tile.height);
  if (color.alpha != 0)
    canvas.fill({0, 0, tile.width, tile.height}, nullptr, color, color);
  return tile;
}

}  // namespace

std::shared_ptr<PieceStore> make_piece_store(const std::filesystem::path& apps_dir,
                                             const PieceStoreConfig& config) {
  // fontconfig takes absolute names only.
  ensure_qt_application(
      std::filesystem::absolute(apps_dir / "_common" / "fonts" / "fonts.conf"));
  return std::make_shared<PieceStore>(apps_dir, config);
}

PieceStore::PieceStore(const std::filesystem::path& apps_dir,
                       const PieceStoreConfig& config)
    : config_(config),
      fonts_(layout::load_fonts(apps_dir)),
      emoji_source_(apps_dir / "_common" / "fonts" / "emoji.ttf"),
      polygons_(kPolygonBytes),
      gradients_(kGradientBytes),
      emoji_(kEmojiBytes),
      pictures_(config.picture_bytes),
      packed_(config.packed_bytes),
      frames_(config.frame_bytes) {
  const std::filesystem::path folder = apps_dir / "_common" / "fonts";
  for (const char* file : {"regular.otf", "bold.otf", "icons.ttf"}) {
    sources_.emplace_back(folder / file);
  }
}

void PieceStore::expect(int screen_width) {
  const double scale = double(screen_width) / kScreenDp;
  pictures_.allow(std::size_t(double(config_.picture_bytes) * scale));
  packed_.allow(std::size_t(double(config_.packed_bytes) * scale));
}

const layout::FontMetrics& PieceStore::metrics(Face face) const {
  return face == Face::kRegular ? fonts_.regular
         : face == Face::kBold  ? fonts_.bold
                                : fonts_.icons;
}

const Mask& PieceStore::glyph(Face face, char32_t c, int size_64, int phase) {
  const std::uint64_t key = std::uint64_t(c) << 32 | std::uint64_t(size_64) << 8 |
                            std::uint64_t(phase) << 4 | std::uint64_t(face);
  return glyphs_.get(
      key, [&] { return sources_[std::size_t(face)].rasterize(c, size_64, phase); });
}

const Mask& PieceStore::code_piece(CodePiece piece, int size) {
  return code_pieces_.get(std::uint64_t(piece) << 32 | std::uint64_t(size),
                          [&] { return code_piece_mask(piece, size); });
}

std::shared_ptr<const Sprite> PieceStore::emoji(char32_t c, int size_64) {
  const std::pair key{c, size_64};
  if (auto found = emoji_.find(key)) return found;
  const auto sprite = std::make_shared<const Sprite>(emoji_source_.paint(c, size_64));
  const std::size_t bytes = sprite->picture.pixels_HWC.size() * 4 / 3;
  return emoji_.add(key, sprite, bytes);
}

const Corners& PieceStore::corners(int radius) {
  return corners_.get(std::uint64_t(radius),
                      [&] { return Corners(corner_mask(radius)); });
}

const Corners& PieceStore::ring(int radius, int thickness) {
  return rings_.get(std::uint64_t(radius) << 32 | std::uint64_t(thickness),
                    [&] { return Corners(ring_mask(radius, thickness)); });
}

const Mask& PieceStore::shadow(int width, int height, int radius, int blur) {
  width = shadow_core(width, radius, blur);
  height = shadow_core(height, radius, blur);
  const std::uint64_t key = std::uint64_t(width) << 48 | std::uint64_t(height) << 32 |
                            std::uint64_t(radius) << 16 | std::uint64_t(blur);
  return shadows_.get(key, [&] { return shadow_mask(width, height, radius, blur); });
}

std::shared_ptr<const Mask> PieceStore::polygon(std::string_view text,
                                                int screen_width, int width,
                                                int height) {
  const Hash128 key =
      Hasher().add(text).add(screen_width).add(width).add(height).finish();
  if (auto found = polygons_.find(key)) return found;
  std::vector<Contour> contours = layout::polygon_from_text(text);
  for (Contour& contour : contours) {
    for (Point& point : contour) {
      point.x = point.x * screen_width / kScreenDp;
      point.y = point.y * screen_width / kScreenDp;
    }
  }
  auto mask = std::make_shared<const Mask>(polygon_mask(contours, width, height));
  const std::size_t bytes = std::size_t(width) * height * 3;
  return polygons_.add(key, std::move(mask), bytes);
}

std::shared_ptr<const Tile> PieceStore::picture(std::string_view kind,
                                                std::uint64_t seed, int width,
                                                int height, std::uint32_t veil) {
  const PictureKind which = picture_kind(kind);
  const std::uint64_t variant = seed % kPictureVariants;
  const PictureKey key{int(which), variant, width, height, veil};
  if (auto found = pictures_.find(key)) return found;
  std::shared_ptr<const Tile> tile;
  if (const auto packed = packed_.find(key)) {
    tile = std::make_shared<const Tile>(unpack(*packed));
  } else {
    tile = std::make_shared<const Tile>(
        veiled(paint_picture(which, variant, width, height), veil));
    auto smaller = std::make_shared<const PackedTile>(pack(*tile));
    const std::size_t bytes = smaller->bytes.size();
    packed_.add(key, std::move(smaller), bytes);
  }
  const std::size_t bytes = tile->pixels_HWC.size();
  return pictures_.add(key, std::move(tile), bytes);
}

std::shared_ptr<const Tile> PieceStore::gradient(int width, int height,
                                                 std::uint32_t top,
                                                 std::uint32_t bottom) {
  const GradientKey key{width, height, top, bottom};
  if (auto found = gradients_.find(key)) return found;
  Tile tile{width, height, {}};
  tile.pixels_HWC.resize(std::size_t(width) * height * 3);
  Canvas canvas(tile.pixels_HWC, width, height);
  canvas.fill({0, 0, width, height}, nullptr, Color::from_argb(top),
              Color::from_argb(bottom));
  const std::size_t bytes = tile.pixels_HWC.size();
  return gradients_.add(key, std::make_shared<const Tile>(std::move(tile)), bytes);
}

std::shared_ptr<const ScreenFrame> PieceStore::frame(const Hash128& key) {
  return frames_.find(key);
}

std::shared_ptr<const ScreenFrame> PieceStore::keep_frame(
    const Hash128& key, std::vector<std::uint8_t> pixels_HWC, int height, int width) {
  const Hash128 hash = hash_bytes(std::span<const std::uint8_t>(pixels_HWC));
  const std::size_t bytes = pixels_HWC.size();
  return frames_.add(key,
                     std::make_shared<const ScreenFrame>(
                         ScreenFrame{hash, height, width, std::move(pixels_HWC)}),
                     bytes);
}

}  // namespace paperphone::render
