// One case of the reference as a Batch.
#pragma once

#include <map>
#include <string>

#include "agent/checkpoint/checkpoint.h"
#include "agent/checkpoint/tensor_file.h"
#include "agent/model/batch.h"
#include "agent/model/position_ids.h"
#include "tests/agent/reference_set.h"

namespace paperphone::agent::testing {

struct ParityCase {
  std::map<std::string, torch::Tensor> tensors;
  agent::Batch batch;  // all ids; targets where labels are

  const torch::Tensor& operator[](const std::string& name) const {
    return tensors.at(name);
  }
  bool has(const std::string& name) const { return tensors.count(name) != 0; }
};

inline std::vector<agent::PatchGrid> grids_from(const torch::Tensor& grids) {
  std::vector<agent::PatchGrid> list;
  const auto a = grids.accessor<std::int64_t, 2>();
  for (std::int64_t i = 0; i < a.size(0); ++i)
    list.push_back({int(a[i][0]), int(a[i][1]), int(a[i][2])});
  return list;
}

inline Qwen25Vl load_model(const std::filesystem::path& checkpoint,
                           const std::string& device = "cpu") {
  Qwen25Vl model(read_model_config(checkpoint / "config.json"));
  load_weights(model, checkpoint);
  model->to(torch::Device(device));
  return model;
}

// The tree's own small model, for tests that need any.
inline Qwen25Vl load_tiny_a() { return load_model(kFixtures / "tinyA"); }

inline ParityCase load_parity_case(const std::string& name, const agent::ModelConfig& model,
                                   const std::filesystem::path& root = kFixtures) {
  ParityCase c;
  c.tensors = agent::load_tensors(root / ("cases/" + name + ".safetensors"));
  agent::Batch& batch = c.batch;
  batch.ids_BS = c["input_ids"];
  const auto mask = c["attention_mask"];
  const std::int64_t B = batch.ids_BS.size(0), S = batch.ids_BS.size(1);
  batch.segments_BS = mask - 1;  // 0 or, for padding, -1
  batch.positions_3BS = torch::ones({3, B, S}, torch::kInt64);

  std::vector<agent::PatchGrid> images, videos;
  std::vector<double> seconds;
  if (c.has("image_grid_thw")) {
    images = grids_from(c["image_grid_thw"]);
    batch.vision = agent::VisionBatch(c["pixel_values"], images);
  }
  if (c.has("video_grid_thw")) {
    videos = grids_from(c["video_grid_thw"]);
    batch.vision = agent::VisionBatch(c["pixel_values_videos"], videos);
    for (int i = 0; i < int(videos.size()); ++i)
      seconds.push_back(c["second_per_grid_ts"][i].item<double>());
  }
  agent::RopeWalk walk;
  walk.model = &model;
  walk.image_grids = images;
  walk.video_grids = videos;
  walk.seconds_per_grid = seconds;
  std::vector<std::int64_t> image_index, target_index, target_ids;
  const auto id = batch.ids_BS.accessor<std::int64_t, 2>();
  const auto kept = mask.accessor<std::int64_t, 2>();
  const auto labels = c["labels"].accessor<std::int64_t, 2>();
  auto positions = batch.positions_3BS.accessor<std::int64_t, 3>();
  for (std::int64_t b = 0; b < B; ++b) {
    std::vector<std::int64_t> ids, where;
    for (std::int64_t s = 0; s < S; ++s)
      if (kept[b][s]) {
        ids.push_back(id[b][s]);
        where.push_back(s);
      }
    walk.next = 0;
    std::vector<std::array<std::int64_t, 3>> row;
    agent::append_positions(ids, walk, &row);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (int axis = 0; axis < 3; ++axis) positions[axis][b][where[i]] = row[i][axis];
      if (ids[i] == model.image_token_id || ids[i] == model.video_token_id)
        image_index.push_back(b * S + where[i]);
    }
    for (std::int64_t s = 1; s < S; ++s)
      if (labels[b][s] >= 0) {
        target_index.push_back(b * S + s - 1);
        target_ids.push_back(labels[b][s]);
      }
  }
  batch.image_index_M = torch::tensor(image_index, torch::kInt64);
  batch.image_source_M = torch::arange(std::int64_t(image_index.size()));
  batch.target_index_L = torch::tensor(target_index, torch::kInt64);
  batch.target_ids_L = torch::tensor(target_ids, torch::kInt64);
  return c;
}

// The pictures of a case (images/<case>_<number>.ppm), through our own processor.
struct CasePictures {
  std::vector<agent::PicturePtr> images;
  std::vector<agent::VideoClip> videos;
};

inline CasePictures pictures_of(const ParityCase& c, const std::filesystem::path& root,
                                const std::string& name,
                                const agent::ImageProcessorConfig& images) {
  std::vector<agent::PicturePtr> pictures;
  for (int i = 0;; ++i) {
    const auto file = root / "images" / (name + "_" + std::to_string(i) + ".ppm");
    if (!std::filesystem::exists(file)) break;
    pictures.push_back(agent::make_picture(read_ppm(file).view(), images));
  }
  CasePictures shown;
  std::size_t next = 0;
  if (c.has("image_grid_thw"))
    for (std::int64_t i = 0; i < c["image_grid_thw"].size(0); ++i)
      shown.images.push_back(pictures.at(next++));
  if (c.has("video_grid_thw"))
    for (std::int64_t i = 0; i < c["video_grid_thw"].size(0); ++i) {
      agent::VideoClip& video = shown.videos.emplace_back();
      video.seconds_per_grid = c["second_per_grid_ts"][i].item<double>();
      const auto frames =
          c["video_grid_thw"][i][0].item<std::int64_t>() * images.temporal_patch_size;
      // The last step of a clip may have fewer.
      for (std::int64_t f = 0; f < frames && next < pictures.size(); ++f) {
        if (f > 0 && grid_of(*pictures[next], images) != grid_of(*video.frames[0], images))
          break;
        video.frames.push_back(pictures[next++]);
      }
    }
  return shown;
}

// What the case generates from: one prompt per row, pictures in order of appearance.
inline std::vector<agent::Prompt> prompts_of(const ParityCase& c, const agent::ModelConfig& model,
                                      const CasePictures& shown,
                                      const agent::ImageProcessorConfig& images) {
  std::vector<agent::Prompt> prompts;
  const auto ids = c["gen.prompt_ids"].accessor<std::int64_t, 2>();
  const auto mask = c["gen.attention_mask"].accessor<std::int64_t, 2>();
  std::size_t image = 0, video = 0;
  for (std::int64_t b = 0; b < ids.size(0); ++b) {
    Prompt& prompt = prompts.emplace_back();
    std::int64_t image_pads = 0, video_pads = 0;
    for (std::int64_t s = 0; s < ids.size(1); ++s) {
      if (mask[b][s] == 0) continue;
      prompt.ids.push_back(ids[b][s]);
      image_pads += ids[b][s] == model.image_token_id;
      video_pads += ids[b][s] == model.video_token_id;
    }
    while (image_pads > 0) {
      prompt.images.push_back(shown.images.at(image++));
      image_pads -= agent::grid_of(*prompt.images.back(), images).num_tokens(images.merge_size);
    }
    while (video_pads > 0) {
      prompt.videos.push_back(shown.videos.at(video++));
      agent::PatchGrid grid = grid_of(*prompt.videos.back().frames[0], images);
      const int step = images.temporal_patch_size;  // an odd last frame is repeated
      grid.t = (int(prompt.videos.back().frames.size()) + step - 1) / step;
      video_pads -= grid.num_tokens(images.merge_size);
    }
  }
  return prompts;
}

inline double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a.cpu().to(torch::kFloat64) - b.cpu().to(torch::kFloat64)).abs().max().item<double>();
}

}  // namespace paperphone::agent::testing
