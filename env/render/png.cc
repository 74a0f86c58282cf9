#include <fmt/format.h>

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>

#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/owned_folder.h"
#include "env/render/renderer.h"

namespace paperphone::render {
void write_png(const std::filesystem::path& path, const ImageView& image) {
  check_replaceable_file(path);
  CHECK_EQ(image.pixels_HWC.size(), std::size_t(image.width) * image.height * 3);
  const QImage picture(image.pixels_HWC.data(), image.width, image.height,
                       qsizetype(image.width) * 3, QImage::Format_RGB888);
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, "PNG");
  writer.setText("Software", QString::fromLatin1(kMarkWords.data(), kMarkWords.size()));
  CHECK_TRUE(writer.write(picture));
  const QByteArray& bytes = buffer.data();
  write_file(path, {bytes.constData(), std::size_t(bytes.size())});
}

ImageFile read_image(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    throw DataError(
        fmt::format("{}: cannot be read as an image: file not found", path.string()));
  // A path is bytes, which Qt's names cannot hold.
  const std::string bytes = read_file(path);
  QByteArray data = QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size()));
  QBuffer buffer(&data);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer);
  reader.setDecideFormatFromContent(true);
  reader.setAutoTransform(true);  // as the camera was held
  QImage picture = reader.read();
  picture.setDevicePixelRatio(1);  // Qt takes another from names as shot@2x.png
  if (picture.isNull())
    throw DataError(fmt::format("{}: cannot be read as an image: {}", path.string(),
                                reader.errorString().toLower().toStdString()));
  QImage opaque(picture.size(), QImage::Format_RGB32);
  opaque.fill(Qt::white);
  QPainter(&opaque).drawImage(0, 0, picture);
  ImageFile image;
  image.height = opaque.height();
  image.width = opaque.width();
  image.pixels_HWC.reserve(std::size_t(image.height) * image.width * 3);
  for (int y = 0; y < image.height; ++y) {
    const auto* line = reinterpret_cast<const QRgb*>(opaque.constScanLine(y));
    for (int x = 0; x < image.width; ++x)
      image.pixels_HWC.insert(image.pixels_HWC.end(),
                              {std::uint8_t(qRed(line[x])), std::uint8_t(qGreen(line[x])),
                               std::uint8_t(qBlue(line[x]))});
  }
  return image;
}

}  // namespace paperphone::render
