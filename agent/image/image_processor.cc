#include "agent/image/image_processor.h"

#include <algorithm>
#include <cmath>

#include "agent/text/json_fields.h"
#include "env/base/check.h"
#include "env/base/compression.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/json_text.h"

namespace paperphone::agent {

ImageProcessorConfig parse_image_processor_config(std::string_view json,
                                                  std::string_view name) {
  const JsonFields fields = JsonFields::parse(json, name);
  ImageProcessorConfig c;
  // Newer files keep the limits as areas inside "size".
  const JsonFields size = fields.child("size");
  c.min_pixels = fields.get("min_pixels", size.get("shortest_edge", c.min_pixels));
  c.max_pixels = fields.get("max_pixels", size.get("longest_edge", c.max_pixels));
  c.patch_size = fields.get("patch_size", c.patch_size);
  c.temporal_patch_size = fields.get("temporal_patch_size", c.temporal_patch_size);
  c.merge_size = fields.get("merge_size", c.merge_size);
  const auto triple = [&](const char* key, std::array<double, 3>* out) {
    if (!fields.has(key)) return;
    const auto values = fields.get<std::vector<double>>(key);
    if (values.size() != 3) fields.fail(key, "must have three numbers");
    std::copy(values.begin(), values.end(), out->begin());
  };
  triple("image_mean", &c.mean);
  triple("image_std", &c.std);
  if (c.patch_size < 1 || c.patch_size > 1024)
    fields.fail("patch_size", "must be between 1 and 1024");
  if (c.merge_size < 1 || c.merge_size > 64)
    fields.fail("merge_size", "must be between 1 and 64");
  if (c.temporal_patch_size < 1 || c.temporal_patch_size > 64)
    fields.fail("temporal_patch_size", "must be between 1 and 64");
  if (c.min_pixels < 1 || c.max_pixels < c.min_pixels)
    fields.fail("max_pixels", "must be at least min_pixels, both positive");
  for (double s : c.std)
    if (!(s > 0)) fields.fail("image_std", "must be positive");
  return c;
}

ImageProcessorConfig read_image_processor_config(const std::filesystem::path& file) {
  return parse_image_processor_config(read_file(file), file.string());
}

std::string image_processor_config_to_json(const ImageProcessorConfig& c) {
  const nlohmann::ordered_json json = {
      {"min_pixels", c.min_pixels},
      {"max_pixels", c.max_pixels},
      {"patch_size", c.patch_size},
      {"temporal_patch_size", c.temporal_patch_size},
      {"merge_size", c.merge_size},
      {"image_mean", c.mean},
      {"image_std", c.std},
      {"image_processor_type", "Qwen2VLImageProcessor"},
      {"processor_class", "Qwen2_5_VLProcessor"}};
  return json_text(json, 1) + "\n";
}

ImageSize smart_resize(ImageSize size, const ImageProcessorConfig& config) {
  const auto [height, width] = size;
  if (height < 1 || width < 1)
    throw DataError(fmt::format("image of {}x{} pixels is empty", width, height));
  if (double(std::max(height, width)) / std::min(height, width) > 200)
    throw DataError(
        fmt::format("image of {}x{} pixels: one side is more than 200 times the other",
                    width, height));
  const double f = config.factor();
  // nearbyint rounds half to even, as Python's round does.
  double h = std::nearbyint(height / f) * f;
  double w = std::nearbyint(width / f) * f;
  if (h * w > double(config.max_pixels)) {
    const double beta = std::sqrt(double(height) * width / double(config.max_pixels));
    h = std::max(f, std::floor(height / beta / f) * f);
    w = std::max(f, std::floor(width / beta / f) * f);
  } else if (h * w < double(config.min_pixels)) {
    const double beta = std::sqrt(double(config.min_pixels) / (double(height) * width));
    h = std::ceil(height * beta / f) * f;
    w = std::ceil(width * beta / f) * f;
  }
  return {int(h), int(w)};
}

namespace {

// Keys' cubic with a = -0.5, as Pillow's bicubic_filter.
double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
  if (x < 2.0) return (((x - 5) * x + 8) * x - 4) * a;
  return 0.0;
}

constexpr int kFractionBits = 22;

struct Taps {  // of one output position
  int first = 0;
  std::vector<std::int32_t> weights;
};

std::vector<Taps> make_taps(int from, int to) {
  const double scale = double(from) / to;
  const double filter_scale = std::max(scale, 1.0);
  const double support = 2.0 * filter_scale;
  std::vector<Taps> taps(to);
  for (int i = 0; i < to; ++i) {
    const double center = (i + 0.5) * scale;
    const int first = std::max(0, int(center - support + 0.5));
    const int last = std::min(from, int(center + support + 0.5));
    std::vector<double> weights(last - first);
    double sum = 0;
    for (int j = 0; j < last - first; ++j) {
      weights[j] = cubic((j + first - center + 0.5) * (1.0 / filter_scale));
      sum += weights[j];
    }
    taps[i].first = first;
    for (double w : weights) {
      if (sum != 0.0) w /= sum;
      w *= 1 << kFractionBits;
      taps[i].weights.push_back(std::int32_t(w < 0 ? w - 0.5 : w + 0.5));
    }
  }
  return taps;
}

std::uint8_t clip(std::int32_t sum) {
  return std::uint8_t(std::clamp(sum >> kFractionBits, 0, 255));
}

// Resamples along one axis. `stride` is the distance in bytes between neighbours on
// that axis, `lanes` the number of bytes that stand side by side.
void resample(const std::uint8_t* from, std::uint8_t* to, const std::vector<Taps>& taps,
              int stride, int lanes) {
  for (const Taps& tap : taps) {
    for (int lane = 0; lane < lanes; ++lane) {
      std::int32_t sum = 1 << (kFractionBits - 1);
      const std::uint8_t* pixel = from + std::ptrdiff_t(tap.first) * stride + lane;
      for (std::int32_t weight : tap.weights) {
        sum += weight * *pixel;
        pixel += stride;
      }
      *to++ = clip(sum);
    }
  }
}

}  // namespace

std::vector<std::uint8_t> resize_bicubic(const ImageView& image, ImageSize size) {
  CHECK_EQ(image.pixels_HWC.size(), std::size_t(image.height) * image.width * 3);
  CHECK_GE(size.height, 1);
  CHECK_GE(size.width, 1);
  std::vector<std::uint8_t> wide(image.pixels_HWC.begin(), image.pixels_HWC.end());
  if (size.width != image.width) {
    const auto taps = make_taps(image.width, size.width);
    wide.resize(std::size_t(image.height) * size.width * 3);
    for (int y = 0; y < image.height; ++y)
      resample(image.pixels_HWC.data() + std::size_t(y) * image.width * 3,
               wide.data() + std::size_t(y) * size.width * 3, taps, 3, 3);
  }
  if (size.height == image.height) return wide;
  const int row = size.width * 3;
  std::vector<std::uint8_t> out(std::size_t(size.height) * row);
  resample(wide.data(), out.data(), make_taps(image.height, size.height), row, row);
  return out;
}

PicturePtr make_picture(const ImageView& image, const ImageProcessorConfig& config) {
  CHECK_EQ(image.pixels_HWC.size(), std::size_t(image.height) * image.width * 3);
  const ImageSize size = smart_resize({image.height, image.width}, config);
  std::vector<std::uint8_t> resized;
  std::span<const std::uint8_t> pixels = image.pixels_HWC;
  if (size != ImageSize{image.height, image.width}) {
    resized = resize_bicubic(image, size);
    pixels = resized;
  }
  auto picture = std::make_shared<Picture>();
  picture->height = size.height;
  picture->width = size.width;
  picture->packed = compress(pixels);
  picture->hash = Hasher().add(size.height).add(size.width).add_bytes(pixels).finish();
  return picture;
}

std::vector<std::uint8_t> Picture::pixels_HWC() const {
  std::vector<std::uint8_t> pixels(std::size_t(height) * width * 3);
  decompress(packed, pixels);
  return pixels;
}

PatchGrid grid_of(const Picture& picture, const ImageProcessorConfig& config) {
  return {1, picture.height / config.patch_size, picture.width / config.patch_size};
}

namespace {

using LevelTable = std::array<std::array<float, 256>, 3>;

LevelTable make_levels(const ImageProcessorConfig& config) {
  LevelTable table;
  for (int c = 0; c < 3; ++c)
    for (int level = 0; level < 256; ++level) {
      const auto scaled = float(double(level) * (1.0 / 255.0));
      table[c][level] = (scaled - float(config.mean[c])) / float(config.std[c]);
    }
  return table;
}

// One unpacked frame.
struct Frame {
  int height = 0, width = 0;
  std::vector<std::uint8_t> pixels;
  explicit Frame(const Picture& picture)
      : height(picture.height), width(picture.width), pixels(picture.pixels_HWC()) {}
};

// One temporal step: `frames` has temporal_patch_size of them.
float* write_step(std::span<const Frame* const> frames,
                  const ImageProcessorConfig& config, const LevelTable& levels,
                  float* out) {
  const int p = config.patch_size, m = config.merge_size;
  const int rows = frames[0]->height / p, columns = frames[0]->width / p;
  const int stride = frames[0]->width * 3;
  for (int row = 0; row < rows; row += m)
    for (int column = 0; column < columns; column += m)
      for (int r = row; r < row + m; ++r)
        for (int q = column; q < column + m; ++q)
          for (int c = 0; c < 3; ++c)
            for (const Frame* frame : frames)
              for (int y = 0; y < p; ++y) {
                const std::uint8_t* pixel = frame->pixels.data() +
                                            std::size_t(r * p + y) * stride +
                                            std::size_t(q) * p * 3 + c;
                for (int x = 0; x < p; ++x) *out++ = levels[c][pixel[3 * x]];
              }
  return out;
}

}  // namespace

void write_patches(const Picture& picture, const ImageProcessorConfig& config,
                   std::span<float> patches_NP) {
  const PatchGrid grid = grid_of(picture, config);
  const Frame frame(picture);
  const std::vector<const Frame*> frames(config.temporal_patch_size, &frame);
  CHECK_EQ(std::int64_t(patches_NP.size()), grid.num_patches() * 3 *
                                                config.temporal_patch_size *
                                                config.patch_size * config.patch_size);
  write_step(frames, config, make_levels(config), patches_NP.data());
}

PatchGrid append_video_patches(std::span<const PicturePtr> frames,
                               const ImageProcessorConfig& config,
                               std::vector<float>* patches_NP) {
  CHECK_TRUE(!frames.empty());
  const int per_step = config.temporal_patch_size;
  PatchGrid grid = grid_of(*frames[0], config);
  grid.t = (int(frames.size()) + per_step - 1) / per_step;
  const LevelTable levels = make_levels(config);
  const std::size_t begin = patches_NP->size();
  const std::int64_t step_values = std::int64_t(grid.h) * grid.w * 3 * per_step *
                                   config.patch_size * config.patch_size;
  patches_NP->resize(begin + std::size_t(step_values * grid.t));
  float* out = patches_NP->data() + begin;
  for (int t = 0; t < grid.t; ++t) {
    std::vector<Frame> owned;
    for (int i = 0; i < per_step; ++i) {
      const std::size_t index =
          std::min<std::size_t>(frames.size() - 1, std::size_t(t) * per_step + i);
      CHECK_EQ(frames[index]->width, frames[0]->width);
      CHECK_EQ(frames[index]->height, frames[0]->height);
      owned.emplace_back(*frames[index]);
    }
    std::vector<const Frame*> step;
    for (const Frame& frame : owned) step.push_back(&frame);
    out = write_step(step, config, levels, out);
  }
  return grid;
}

}  // namespace paperphone::agent
