#include "env/render/pictures/pictures.h"

#include <QImage>
#include <algorithm>
#include <array>

#include "env/base/check.h"
#include "env/render/pictures/sketch.h"
#include "env/render/qt_application.h"
#include "env/render/renderer.h"

namespace paperphone::render {
namespace {

// Both in the order of PictureKind.
constexpr std::array<std::string_view, 7> kNames = {
    "goods", "landscape", "portrait", "food", "poster", "map", "pattern"};
constexpr void (*kSketches[])(Sketch&) = {
    sketch_goods,  sketch_landscape, sketch_portrait, sketch_food,
    sketch_poster, sketch_map,       sketch_pattern};

}  // namespace

std::span<const std::string_view> picture_kinds() { return kNames; }

PictureKind picture_kind(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) {
    PAPERPHONE_CHECK_FAIL(fmt::format("no picture kind '{}'", name));
  }
  return PictureKind(found - kNames.begin());
}

namespace {

QImage sketch_picture(PictureKind kind, std::uint64_t variant, int width, int height) {
  // The one format that Qt paints fast, and alike on every CPU.
  QImage image(width, height, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  // A strip keeps motifs of a sensible size rather than thousands of tiny ones.
  const int side = std::max(std::min(width, height), std::max(width, height) / 8);
  const double unit = std::max(1, side) / 100.0;
  painter.scale(unit, unit);
  Sketch sketch{painter, width / unit, height / unit,
                Rng(variant).fork("picture", std::uint64_t(kind)), variant};
  kSketches[std::size_t(kind)](sketch);
  return image;
}

}  // namespace

Tile paint_picture(PictureKind kind, std::uint64_t variant, int width, int height) {
  CHECK_GE(width, 1);
  CHECK_GE(height, 1);
  QImage image;
  paint_on_one_thread([&] { image = sketch_picture(kind, variant, width, height); });
  Tile tile{width, height, {}};
  tile.pixels_HWC.resize(std::size_t(width) * height * 3);
  std::uint8_t* out = tile.pixels_HWC.data();
  for (int y = 0; y < height; ++y) {
    const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
    for (int x = 0; x < width; ++x, out += 3) {
      out[0] = std::uint8_t(qRed(line[x]));
      out[1] = std::uint8_t(qGreen(line[x]));
      out[2] = std::uint8_t(qBlue(line[x]));
    }
  }
  return tile;
}

}  // namespace paperphone::render
