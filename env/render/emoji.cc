#include "env/render/emoji.h"

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <algorithm>
#include <cstdint>
#include <map>

#include "env/layout/font_file.h"

namespace paperphone::render {
namespace {

constexpr int kStrike = 109;                // pixels an em of the bitmaps
constexpr int kWidth = 136, kHeight = 128;  // of each
// Of the tables CBLC (where) and CBDT (what).
constexpr std::uint32_t kOffsets = 1;  // four bytes for each glyph
constexpr std::uint32_t kPng = 17;     // five bytes of metrics, the length, a PNG

// How much of the old pixel `at` (of `from`) lies in the new one (of `to`), 0..from.
int share(int at, int from, int to, int pixel) {
  return std::max(
      0, std::min((at + 1) * to, (pixel + 1) * from) - std::max(at * to, pixel * from));
}

}  // namespace

struct EmojiSource::Impl {
  explicit Impl(const std::filesystem::path& path) : file(path) {
    for (const auto& [c, glyph] : file.glyphs()) glyphs[c] = glyph;
    const std::size_t where = file.table("CBLC"), what = file.table("CBDT");
    constexpr std::size_t kHeader = 8;
    const std::size_t list = where + file.u32(where + kHeader);
    const std::uint32_t count = file.u32(where + kHeader + 8);
    if (file.u8(where + kHeader + 44) != kStrike)
      file.fail("has emoji of another size");
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::size_t range = list + 8 * std::size_t(i);
      const std::uint32_t first = file.u16(range), last = file.u16(range + 2);
      const std::size_t table = list + file.u32(range + 4);
      if (file.u16(table) != kOffsets || file.u16(table + 2) != kPng)
        file.fail("has emoji in another format");
      for (std::uint32_t glyph = first; glyph <= last; ++glyph)
        bitmaps[glyph] = what + file.u32(table + 4) +
                         file.u32(table + 8 + 4 * std::size_t(glyph - first));
    }
  }

  QImage bitmap(char32_t c) const {
    constexpr std::size_t kMetrics = 5;
    const auto glyph = glyphs.find(c);
    const auto at = glyph == glyphs.end() ? bitmaps.end() : bitmaps.find(glyph->second);
    if (at == bitmaps.end()) file.fail("lacks an emoji");
    const std::string_view png =
        file.bytes(at->second + kMetrics + 4, file.u32(at->second + kMetrics));
    QByteArray data = QByteArray::fromRawData(png.data(), qsizetype(png.size()));
    QBuffer buffer(&data);
    const QImage image = QImageReader(&buffer, "png")
                             .read()
                             .convertToFormat(QImage::Format_ARGB32_Premultiplied);
    if (image.width() != kWidth || image.height() != kHeight)
      file.fail("has a damaged emoji");
    return image;
  }

  layout::FontFile file;
  std::map<char32_t, std::uint32_t> glyphs;
  std::map<std::uint32_t, std::size_t> bitmaps;  // by glyph: where in the file
};

EmojiSource::EmojiSource(const std::filesystem::path& font_file)
    : impl_(std::make_unique<Impl>(font_file)) {}

EmojiSource::~EmojiSource() = default;

// Each new pixel is the mean of what it covers of the old ones, counted in integers.
Sprite EmojiSource::paint(char32_t c, int size_64) const {
  const QImage from = impl_->bitmap(c);
  const auto scaled = [&](int length) {
    return std::max(1, (length * size_64 + 32 * kStrike) / (64 * kStrike));
  };
  const int width = scaled(kWidth), height = scaled(kHeight);
  Sprite sprite;
  sprite.picture = {width, height, {}};
  sprite.picture.pixels_HWC.reserve(std::size_t(width) * height * 3);
  std::vector<std::uint8_t> cover;
  cover.reserve(std::size_t(width) * height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::int64_t red = 0, green = 0, blue = 0, alpha = 0;
      for (int i = y * kHeight / height; i * height < (y + 1) * kHeight; ++i) {
        const auto* line = reinterpret_cast<const QRgb*>(from.constScanLine(i));
        const int rows = share(i, kHeight, height, y);
        for (int j = x * kWidth / width; j * width < (x + 1) * kWidth; ++j) {
          const int area = rows * share(j, kWidth, width, x);
          red += std::int64_t(area) * qRed(line[j]);
          green += std::int64_t(area) * qGreen(line[j]);
          blue += std::int64_t(area) * qBlue(line[j]);
          alpha += std::int64_t(area) * qAlpha(line[j]);
        }
      }
      for (const std::int64_t channel : {red, green, blue}) {
        const std::int64_t own = alpha == 0 ? 0 : (channel * 255 + alpha / 2) / alpha;
        sprite.picture.pixels_HWC.push_back(
            std::uint8_t(std::min<std::int64_t>(own, 255)));
      }
      constexpr std::int64_t kArea = std::int64_t(kWidth) * kHeight;
      cover.push_back(std::uint8_t((alpha + kArea / 2) / kArea));
    }
  }
  // Its middle is the em box's.
  const int size = (size_64 + 32) / 64;
  sprite.cover = Mask(0, (size - height) / 2, width, height, cover);
  return sprite;
}

}  // namespace paperphone::render
