#include "agent/image/image_processor.h"

#include <gtest/gtest.h>

#include "agent/checkpoint/safetensors.h"
#include "env/base/error.h"
#include "tests/agent/reference_set.h"

namespace paperphone::agent {
namespace {

using testing::reference_root;

TEST(ImageProcessor, ResizesToTheSizesOfTheReference) {
  const auto json = testing::read_json(reference_root() / "cases/smart_resize.json");
  for (const auto& row : json["cases"]) {
    const auto config = testing::case_processor(row[2], row[3]);
    EXPECT_EQ(smart_resize({row[0], row[1]}, config), (ImageSize{row[4], row[5]}))
        << row.dump();
  }
}

TEST(ImageProcessor, RefusesImpossibleShapes) {
  EXPECT_THROW(smart_resize({10, 4000}, {}), DataError);
  EXPECT_THROW(smart_resize({0, 40}, {}), DataError);
}

TEST(ImageProcessor, ResamplesAndNormalizesBitForBit) {
  const SafetensorsFile resized(reference_root() / "cases/image_resize.safetensors");
  const auto json = testing::read_json(reference_root() / "cases/image_cases.json");
  int cases = 0;
  for (const auto& row : json["cases"]) {
    if (!row.contains("ppm") || row["ppm"].is_null()) continue;
    ++cases;
    const auto name = row["name"].get<std::string>();
    const auto config = testing::case_processor(row["min_pixels"], row["max_pixels"]);
    const auto image = testing::read_ppm(reference_root() / row["ppm"].get<std::string>());
    const PicturePtr picture = make_picture(image.view(), config);
    const auto pixels = picture->pixels_HWC();
    const auto& expected = resized.tensors().at(name + ".resized_u8");
    ASSERT_EQ(std::vector<std::int64_t>({picture->height, picture->width, 3}),
              expected.shape)
        << name;
    EXPECT_TRUE(
        std::equal(expected.bytes.begin(), expected.bytes.end(), pixels.begin()))
        << name;
    const PatchGrid grid = grid_of(*picture, config);
    EXPECT_EQ(grid,
              (PatchGrid{row["grid_thw"][0], row["grid_thw"][1], row["grid_thw"][2]}));
    std::vector<float> patches(std::size_t(grid.num_patches()) * 1176);
    write_patches(*picture, config, patches);
    for (const auto& sample : row["samples"])
      EXPECT_EQ(patches[sample[0].get<std::size_t>()], sample[1].get<float>())
          << name << " at " << sample[0];
  }
  EXPECT_GE(cases, 1);
}

TEST(ImageProcessor, KeepsAPictureThatNeedsNoResizing) {
  ImageProcessorConfig config;
  config.patch_size = 20;
  config.temporal_patch_size = 1;
  config.max_pixels = 300'000;
  const std::vector<std::uint8_t> pixels(360 * 800 * 3, 77);
  const PicturePtr picture = make_picture({pixels, 800, 360}, config);
  EXPECT_EQ(picture->pixels_HWC(), pixels);
  EXPECT_EQ(grid_of(*picture, config).num_tokens(2), 180);
}

TEST(ImageProcessor, HashesEqualPicturesEqually) {
  std::vector<std::uint8_t> pixels(56 * 56 * 3, 1);
  const PicturePtr a = make_picture({pixels, 56, 56}, {});
  const PicturePtr b = make_picture({pixels, 56, 56}, {});
  pixels[5] = 2;
  const PicturePtr c = make_picture({pixels, 56, 56}, {});
  EXPECT_EQ(a->hash, b->hash);
  EXPECT_NE(a->hash, c->hash);
}

TEST(ImageProcessor, ConfigSurvivesWritingAndReading) {
  ImageProcessorConfig config;
  config.patch_size = 20;
  config.max_pixels = 300'000;
  const auto again =
      parse_image_processor_config(image_processor_config_to_json(config), "x");
  EXPECT_EQ(again.patch_size, 20);
  EXPECT_EQ(again.max_pixels, 300'000);
  EXPECT_EQ(again.std, config.std);
}

TEST(ImageProcessor, NamesTheBadKey) {
  try {
    parse_image_processor_config(R"({"patch_size": "big"})",
                                 "preprocessor_config.json");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(),
                 "preprocessor_config.json: 'patch_size' must be an integer, found "
                 "\"big\"");
  }
}

}  // namespace
}  // namespace paperphone::agent
