#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <QBuffer>
#include <QImage>
#include <csignal>
#include <fstream>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/owned_folder.h"
#include "env/base/rng.h"
#include "env/render/renderer.h"
#include "tests/scratch_folder.h"

namespace paperphone::render {
namespace {

class WritePng : public testing::Test {
 protected:
  WritePng() {
    Rng rng(1);
    for (std::uint8_t& byte : pixels_) byte = std::uint8_t(rng.below(256));
  }
  ImageView image() const { return {pixels_, 50, 37}; }
  std::string error_of(const std::filesystem::path& path) const {
    try {
      write_png(path, image());
    } catch (const DataError& error) {
      return error.what();
    }
    return "no error";
  }

  ScratchFolder folder_;
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(50 * 37 * 3);
};

TEST_F(WritePng, ThePixelsComeBack) {
  const auto path = folder_ / "a.png";
  write_png(path, image());
  const QImage read = QImage(QString::fromStdString(path.string()))
                          .convertToFormat(QImage::Format_RGB888);
  ASSERT_EQ(read.width(), 37);
  ASSERT_EQ(read.height(), 50);
  for (int y = 0; y < 50; ++y) {
    EXPECT_TRUE(std::equal(read.constScanLine(y), read.constScanLine(y) + 37 * 3,
                           pixels_.begin() + y * 37 * 3));
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / partial_name("a.png")));
}

TEST_F(WritePng, AMissingFolderIsNamed) {
  const auto path = folder_ / "none" / "a.png";
  EXPECT_EQ(error_of(path), path.string() +
                                ": cannot be written: No such file or directory; "
                                "create the folder first");
}

TEST_F(WritePng, AFolderInTheWayIsNamed) {
  EXPECT_EQ(error_of(folder_.path()), folder_.path().string() +
                                        ": is in the way: it is a folder; choose "
                                        "another place or move it");
}

TEST_F(WritePng, ItsOwnPictureIsReplacedAndNobodyElses) {
  const auto path = folder_ / "a.png";
  EXPECT_EQ(error_of(path), "no error");
  EXPECT_EQ(error_of(path), "no error");
  std::ofstream(path) << "a photograph";
  EXPECT_EQ(error_of(path), path.string() +
                                ": is in the way: paperphone did not make this file; "
                                "choose another place or move it");
}

TEST_F(WritePng, AFullDiskLeavesTheOldImageAlone) {
  const auto path = folder_ / "a.png";
  std::ofstream(path) << kMarkWords;
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  const rlimit limit{100, old_limit.rlim_max};
  setrlimit(RLIMIT_FSIZE, &limit);
  const std::string error = error_of(path);
  setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(error, path.string() +
                       ": cannot be written: File too large; free some space or "
                       "choose another place");
  std::string content;
  std::ifstream in(path);
  std::getline(in, content);
  EXPECT_EQ(content, kMarkWords);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / partial_name("a.png")));
}

TEST(Png, ReadsBackWhatWasWritten) {
  std::vector<std::uint8_t> pixels(5 * 7 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = std::uint8_t(i * 37);
  const auto path = std::filesystem::temp_directory_path() / "paperphone_read_back.png";
  write_png(path, {pixels, 5, 7});
  const ImageFile image = read_image(path);
  EXPECT_EQ(image.height, 5);
  EXPECT_EQ(image.width, 7);
  EXPECT_EQ(image.pixels_HWC, pixels);
  std::filesystem::resize_file(path, 30);
  try {
    read_image(path);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("paperphone_read_back.png: cannot be read"),
              std::string::npos)
        << error.what();
  }
  std::filesystem::remove(path);
}

// Many tools name screenshots like this, and Qt would draw them at half the size.
TEST(Png, AScaleInTheNameChangesNothing) {
  const ScratchFolder folder;
  const std::vector<std::uint8_t> pixels(6 * 4 * 3, 77);
  write_png(folder / "shot@2x.png", {pixels, 6, 4});
  const ImageFile image = read_image(folder / "shot@2x.png");
  EXPECT_EQ(image.height, 6);
  EXPECT_EQ(image.width, 4);
  EXPECT_EQ(image.pixels_HWC, pixels);
}

// A photograph says by EXIF which way up it is: 6 is a quarter turn to the right.
TEST(Png, APhotographStandsAsItsCameraWasHeld) {
  const ScratchFolder folder;
  QImage lying(32, 16, QImage::Format_RGB32);
  lying.fill(Qt::black);
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 16; ++x) lying.setPixel(x, y, 0xFFFFFFFF);  // the left half
  QByteArray jpeg;
  QBuffer buffer(&jpeg);
  buffer.open(QIODevice::WriteOnly);
  if (!lying.save(&buffer, "JPEG", 95)) GTEST_SKIP() << "Qt without JPEG";
  // Behind the start of the image: a big-endian directory with one entry, 0x0112.
  const QByteArray exif = QByteArray::fromHex(
      "FFE10022457869660000"
      "4D4D002A00000008"
      "0001011200030000000100060000"
      "00000000");
  std::ofstream(folder / "a.jpg", std::ios::binary)
      << jpeg.insert(2, exif).toStdString();
  const ImageFile image = read_image(folder / "a.jpg");
  ASSERT_EQ(image.height, 32);
  ASSERT_EQ(image.width, 16);
  EXPECT_GT(image.pixels_HWC.front(), 200);  // what was left is above
  EXPECT_LT(image.pixels_HWC.back(), 50);
}

}  // namespace
}  // namespace paperphone::render
