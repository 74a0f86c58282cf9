#include "env/render/glyphs.h"

#include <fmt/format.h>

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QRawFont>
#include <cmath>
#include <system_error>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/render/qt_application.h"

namespace paperphone::render {
namespace {

// Outlines are taken at this size and scaled: large enough that rounding to 1/64
// pixel does not show.
constexpr int kOutlineSize = 1024;

constexpr int kSmallGlyph = 20;  // pixels of height: too few spans for Qt's threads

// Thin strokes look pale when coverage is blended as it is; this lifts the middle.
std::uint8_t with_contrast(int coverage) {
  return std::uint8_t(coverage + coverage * (255 - coverage) / (255 * 4));
}

}  // namespace

struct GlyphSource::Impl {
  QRawFont font;
};

GlyphSource::GlyphSource(const std::filesystem::path& font_file)
    : impl_(std::make_unique<Impl>()) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(font_file, ignored)) {
    throw DataError(fmt::format("{}: font file is missing; restore apps/_common/fonts",
                                font_file.string()));
  }
  const std::string bytes = read_file(font_file);
  impl_->font = QRawFont(QByteArray(bytes.data(), qsizetype(bytes.size())),
                         kOutlineSize, QFont::PreferNoHinting);
  if (!impl_->font.isValid()) {
    throw DataError(fmt::format("{}: not a usable font; restore apps/_common/fonts",
                                font_file.string()));
  }
}

GlyphSource::GlyphSource(GlyphSource&&) noexcept = default;
GlyphSource::~GlyphSource() = default;

Mask GlyphSource::rasterize(char32_t c, int size_64, int phase) const {
  const QList<quint32> glyphs =
      impl_->font.glyphIndexesForString(QString::fromUcs4(&c, 1));
  QPainterPath path = impl_->font.pathForGlyph(glyphs.isEmpty() ? 0 : glyphs.front());
  if (path.isEmpty() || size_64 <= 0) return {};
  path.setFillRule(Qt::WindingFill);
  const double scale = size_64 / (64.0 * kOutlineSize);
  const double shift = double(phase) / kPhases;
  const QRectF box = path.boundingRect();
  const int left = int(std::floor(box.left() * scale + shift));
  const int top = int(std::floor(box.top() * scale));
  const int width = int(std::ceil(box.right() * scale + shift)) - left;
  const int height = int(std::ceil(box.bottom() * scale)) - top;
  QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
  const auto paint = [&] {
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(shift - left, -top);
    painter.scale(scale, scale);
    painter.fillPath(path, Qt::white);
  };
  // Small ones are never split.
  if (height <= kSmallGlyph) {
    paint();
  } else {
    paint_on_one_thread(paint);
  }
  std::vector<std::uint8_t> alpha;
  alpha.reserve(std::size_t(width) * height);
  for (int y = 0; y < height; ++y) {
    const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
    for (int x = 0; x < width; ++x) alpha.push_back(with_contrast(qAlpha(line[x])));
  }
  return Mask(left, top, width, height, alpha);
}

}  // namespace paperphone::render
