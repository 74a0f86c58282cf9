// Where the reference's numbers lie, and how tests read them.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agent/image/image_processor.h"
#include "tests/scratch_folder.h"

namespace paperphone::agent::testing {

// Tests run from the root of the source tree.
inline const std::filesystem::path kFixtures = "tests/agent/fixtures/qwen2_5_vl";
// The published vocabulary, cut down to what its cases need (cut.py there).
inline const std::filesystem::path kPublishedTokenizer =
    "tests/agent/fixtures/published_tokenizer";

inline nlohmann::json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  return nlohmann::json::parse(in);
}

struct Ppm {
  int height = 0, width = 0;
  std::vector<std::uint8_t> pixels;
  ImageView view() const { return {pixels, height, width}; }
};

inline Ppm read_ppm(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string magic;
  int levels = 0;
  Ppm image;
  in >> magic >> image.width >> image.height >> levels;
  in.get();
  image.pixels.resize(std::size_t(image.width) * image.height * 3);
  in.read(reinterpret_cast<char*>(image.pixels.data()),
          std::streamsize(image.pixels.size()));
  if (!in || magic != "P6" || levels != 255)
    throw std::runtime_error("not a P6 picture: " + file.string());
  return image;
}

// The processor settings of the cases: 14-pixel patches, two frames.
inline agent::ImageProcessorConfig case_processor(std::int64_t min_pixels,
                                           std::int64_t max_pixels) {
  ImageProcessorConfig config;
  config.min_pixels = min_pixels;
  config.max_pixels = max_pixels;
  return config;
}

}  // namespace paperphone::agent::testing
