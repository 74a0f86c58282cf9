#include <fmt/format.h>

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "env/base/check.h"
#include "env/base/error.h"
#include "env/render/renderer.h"

namespace paperphone::render {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error_number) {
  const char* remedy =
      error_number == ENOSPC || error_number == EFBIG || error_number == EDQUOT
          ? "free some space or choose another place"
      : error_number == ENOENT ? "create the folder first"
                               : "choose a place that can be written";
  throw DataError(fmt::format("{}: cannot write the image: {}; {}", path.string(),
                              std::generic_category().message(error_number), remedy));
}

}  // namespace

void write_png(const std::filesystem::path& path, const ImageView& image) {
  CHECK_EQ(image.pixels_HWC.size(), std::size_t(image.width) * image.height * 3);
  const QImage picture(image.pixels_HWC.data(), image.width, image.height,
                       qsizetype(image.width) * 3, QImage::Format_RGB888);
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  CHECK_TRUE(picture.save(&buffer, "PNG"));
  const QByteArray& bytes = buffer.data();

  // The name changes only once all bytes are on the disk.
  std::filesystem::path partial = path;
  partial += ".part";
  std::FILE* file = std::fopen(partial.c_str(), "wb");
  if (!file) fail(path, errno);
  const std::size_t written =
      std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), file);
  int error_number = written == std::size_t(bytes.size()) ? 0 : errno;
  if (std::fclose(file) != 0 && error_number == 0) error_number = errno;
  if (error_number == 0 && std::rename(partial.c_str(), path.c_str()) != 0) {
    error_number = errno;
  }
  if (error_number != 0) {
    std::remove(partial.c_str());
    fail(path, error_number);
  }
}

ImageFile read_image(const std::filesystem::path& path) {
  QImageReader reader(QString::fromStdString(path.string()));
  reader.setDecideFormatFromContent(true);
  const QImage picture = reader.read();
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
