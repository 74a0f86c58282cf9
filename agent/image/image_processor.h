// Screenshot -> the patches that the vision tower reads, as Qwen2VLImageProcessor
// (the slow one, on Pillow) computes them, bit for bit. Plain floats, no torch.
//
// Shape letters: N patches, P values per patch, H rows, W columns, C = 3.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/base/hash.h"
#include "env/types.h"

namespace paperphone::agent {

struct ImageProcessorConfig {  // preprocessor_config.json
  std::int64_t min_pixels = 56 * 56;
  std::int64_t max_pixels = 28 * 28 * 1280;
  int patch_size = 14;
  int temporal_patch_size = 2;
  int merge_size = 2;
  std::array<double, 3> mean = {0.48145466, 0.4578275, 0.40821073};
  std::array<double, 3> std = {0.26862954, 0.26130258, 0.27577711};

  int factor() const { return patch_size * merge_size; }
};

// Throws DataError, naming the key.
ImageProcessorConfig parse_image_processor_config(std::string_view json,
                                                  std::string_view name);
ImageProcessorConfig read_image_processor_config(const std::filesystem::path& file);
std::string image_processor_config_to_json(const ImageProcessorConfig& config);

struct ImageSize {
  int height = 0;
  int width = 0;
  bool operator==(const ImageSize&) const = default;
};

// The size an image is resized to: multiples of factor(), between min_pixels and
// max_pixels, close to the original. Rounds half to even, as Python does.
// Throws DataError if one side is more than 200 times the other or below 1.
ImageSize smart_resize(ImageSize size, const ImageProcessorConfig& config);

struct PatchGrid {  // in patches, before merging
  int t = 1;
  int h = 0;
  int w = 0;
  bool operator==(const PatchGrid&) const = default;
  std::int64_t num_patches() const { return std::int64_t(t) * h * w; }
  std::int64_t num_tokens(int merge_size) const {
    return num_patches() / (merge_size * merge_size);
  }
};

// One image at the size the model sees, packed without loss (env/base/compression.h): a
// hundredth of its patches' memory, so this is what samples and replay buffers keep.
struct Picture {
  int height = 0;  // multiples of factor()
  int width = 0;
  std::vector<std::uint8_t> packed;
  Hash128 hash;  // of size and pixels: equal pictures are embedded once

  std::vector<std::uint8_t> pixels_HWC() const;
};
// shared_ptr: one screenshot is held by every sample that was drawn from it.
using PicturePtr = std::shared_ptr<const Picture>;

// Resizes (Pillow's antialiased bicubic) if smart_resize says so; otherwise a copy.
PicturePtr make_picture(const ImageView& image, const ImageProcessorConfig& config);

// Pillow's Image.resize(..., BICUBIC) of 8-bit RGB. REQUIRES: sizes >= 1.
std::vector<std::uint8_t> resize_bicubic(const ImageView& image, ImageSize size);

PatchGrid grid_of(const Picture& picture, const ImageProcessorConfig& config);

// Writes grid.num_patches() * P floats, P = 3 * temporal * patch * patch, rows in
// the order (block row, block column, row in block, column in block), values in the
// order (channel, frame, y, x). REQUIRES: patches_NP has exactly that size.
void write_patches(const Picture& picture, const ImageProcessorConfig& config,
                   std::span<float> patches_NP);

// A video: frames of equal size, two (temporal_patch_size) per temporal step; an odd
// last frame is repeated. Returns the grid, appends to *patches_NP.
PatchGrid append_video_patches(std::span<const PicturePtr> frames,
                               const ImageProcessorConfig& config,
                               std::vector<float>* patches_NP);

}  // namespace paperphone::agent
