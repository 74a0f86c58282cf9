// Frame -> RGB bytes. Qt rasterises pieces once (glyphs, icons, round corners,
// pictures); an integer compositor puts them together, so that the same frame
// gives the same bytes on any thread and CPU.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "env/layout/frame.h"

namespace paperphone::render {

// Pieces shared by all renderers of a process. Thread-safe.
class PieceStore;

struct PieceStoreConfig {
  // Pictures as they are drawn, and packed ones. On a screen 360 pixels wide: a larger
  // one gets more, as its pictures are larger. The least recently used go.
  std::size_t picture_bytes = std::size_t{128} << 20;
  std::size_t packed_bytes = std::size_t{192} << 20;
  std::size_t frame_bytes = std::size_t{64} << 20;  // frames that were handed out
};

// Creates the Qt application object if there is none (offscreen, no fontconfig)
// and loads the fonts. Throws DataError if a font file is missing or damaged.
std::shared_ptr<PieceStore> make_piece_store(const std::filesystem::path& apps_dir,
                                             const PieceStoreConfig& config = {});

// The procedural pictures that Draw::text may name.
std::span<const std::string_view> picture_kinds();

class Renderer {
 public:
  // width_px / 360 is the scale: 1, 1.5 or 3. Pixels depend on the frame alone, not on
  // the store's history nor on what was drawn before. Not thread-safe; several renderers
  // may share a store.
  // The pixels are kept in `memory` if it is given: it outlives the renderer, and nobody
  // else writes to it. REQUIRES: memory.size() == height_px * width_px * 3, or none.
  Renderer(std::shared_ptr<PieceStore> pieces, int width_px, int height_px,
           std::span<std::uint8_t> memory = {});
  ~Renderer();

  int width() const;
  int height() const;
  // The frame's pixels, valid until the next call. Only what differs from the last
  // frame is drawn.
  ImageView draw(std::shared_ptr<const layout::Frame> frame);
  ImageView draw(const layout::Frame& frame) { return draw(std::make_shared<const layout::Frame>(frame)); }
  // The last call's again.
  ImageView shown() const;
  // Copies them to pixels_HWC. REQUIRES: size == height * width * 3.
  void draw(const layout::Frame& frame, std::span<std::uint8_t> pixels_HWC);
  // The same as an immutable picture, which the store keeps for whoever asks next.
  std::shared_ptr<const ScreenFrame> frame(std::shared_ptr<const layout::Frame> frame);
  // Every shape, one after the other, whatever was drawn before: the reference for the
  // others, and the baseline of `paperphone bench env`.
  void draw_naively(const layout::Frame& frame, std::span<std::uint8_t> pixels_HWC) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Writes an RGB image as PNG: to a temporary name first, then renamed.
// Throws DataError naming the path.
void write_png(const std::filesystem::path& path, const ImageView& image);

// An image of any size from a PNG, JPEG, BMP or PPM file; transparency becomes white.
// Throws DataError naming the path.
struct ImageFile {
  std::vector<std::uint8_t> pixels_HWC;
  int height = 0;
  int width = 0;
  ImageView view() const { return {pixels_HWC, height, width}; }
};
ImageFile read_image(const std::filesystem::path& path);

}  // namespace paperphone::render
