// One case of the reference as a Batch.
#pragma once

#include <map>
#include <string>

#include "agent/batch.h"
#include "agent/checkpoint.h"
#include "agent/position_ids.h"
#include "tests/agent/fixtures.h"

namespace paperphone::testing {

struct ParityCase {
  std::map<std::string, torch::Tensor> tensors;
  Batch batch;  // all ids; targets where labels are

  const torch::Tensor& operator[](const std::string& name) const {
    return tensors.at(name);
  }
  bool has(const std::string& name) const { return tensors.count(name) != 0; }
};

inline std::vector<PatchGrid> grids_from(const torch::Tensor& grids) {
  std::vector<PatchGrid> list;
  const auto a = grids.accessor<std::int64_t, 2>();
  for (std::int64_t i = 0; i < a.size(0); ++i)
    list.push_back({int(a[i][0]), int(a[i][1]), int(a[i][2])});
  return list;
}

inline Qwen25Vl load_tiny_a() {
  Qwen25Vl model(read_model_config(kFixtures / "tinyA/config.json"));
  load_weights(model, kFixtures / "tinyA");
  return model;
}

inline ParityCase load_parity_case(const std::string& name, const ModelConfig& model) {
  ParityCase c;
  c.tensors = load_tensors(kFixtures / ("cases/" + name + ".safetensors"));
  Batch& batch = c.batch;
  batch.ids_BS = c["input_ids"];
  const auto mask = c["attention_mask"];
  const std::int64_t B = batch.ids_BS.size(0), S = batch.ids_BS.size(1);
  batch.segments_BS = mask - 1;  // 0 or, for padding, -1
  batch.positions_3BS = torch::ones({3, B, S}, torch::kInt64);

  std::vector<PatchGrid> images, videos;
  std::vector<double> seconds;
  if (c.has("image_grid_thw")) {
    images = grids_from(c["image_grid_thw"]);
    batch.vision = {c["pixel_values"], images};
  }
  if (c.has("video_grid_thw")) {
    videos = grids_from(c["video_grid_thw"]);
    batch.vision = {c["pixel_values_videos"], videos};
    for (int i = 0; i < int(videos.size()); ++i)
      seconds.push_back(c["second_per_grid_ts"][i].item<double>());
  }
  RopeWalk walk;
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
    append_positions(ids, walk, &row);
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

inline double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a.to(torch::kFloat64) - b.to(torch::kFloat64)).abs().max().item<double>();
}

}  // namespace paperphone::testing
