#include "agent/model/position_ids.h"

#include <gtest/gtest.h>

#include "env/base/error.h"
#include "tests/agent/reference_set.h"

namespace paperphone::agent {
namespace {

std::vector<PatchGrid> grids_of(const nlohmann::json& json) {
  std::vector<PatchGrid> grids;
  if (!json.is_null())
    for (const auto& row : json) grids.push_back({row[0], row[1], row[2]});
  return grids;
}

TEST(PositionIds, AgreeWithTheReferenceOnImagesVideosAndPadding) {
  const auto json = testing::read_json(testing::reference_root() / "cases/rope_index.json");
  ModelConfig model;
  model.image_token_id = json["image_token_id"];
  model.video_token_id = json["video_token_id"];
  model.vision.spatial_merge_size = json["spatial_merge_size"];
  model.vision.tokens_per_second = json["tokens_per_second"];
  for (const auto& row : json["cases"]) {
    const auto images = grids_of(row["image_grid_thw"]);
    const auto videos = grids_of(row["video_grid_thw"]);
    std::vector<double> seconds;
    if (!row["second_per_grid_ts"].is_null())
      seconds = row["second_per_grid_ts"].get<std::vector<double>>();
    RopeWalk walk;
    walk.model = &model;
    walk.image_grids = images;
    walk.video_grids = videos;
    walk.seconds_per_grid = seconds;
    const auto ids = row["input_ids"].get<std::vector<std::vector<std::int64_t>>>();
    for (std::size_t b = 0; b < ids.size(); ++b) {
      std::vector<std::int64_t> kept;
      std::vector<std::size_t> where;
      for (std::size_t s = 0; s < ids[b].size(); ++s)
        if (row["attention_mask"].is_null() || row["attention_mask"][b][s] == 1) {
          kept.push_back(ids[b][s]);
          where.push_back(s);
        }
      walk.next = 0;  // images go on over the batch, positions do not
      std::vector<std::array<std::int64_t, 3>> positions;
      append_positions(kept, walk, &positions);
      ASSERT_EQ(positions.size(), kept.size());
      for (std::size_t i = 0; i < kept.size(); ++i)
        for (int axis = 0; axis < 3; ++axis)
          ASSERT_EQ(positions[i][axis],
                    row["position_ids"][axis][b][where[i]].get<std::int64_t>());
      // The reference counts padding's position 1 in, which shows in rows of one token.
      if (kept.size() < 2) continue;
      EXPECT_EQ(walk.next - std::int64_t(ids[b].size()),
                row["rope_deltas"][b].get<std::int64_t>());
    }
  }
}

TEST(PositionIds, ACutImageIsADataError) {
  ModelConfig model;
  model.image_token_id = 7;
  model.video_token_id = 8;
  const std::vector<PatchGrid> grids = {{1, 4, 4}};
  std::vector<std::array<std::int64_t, 3>> positions;
  RopeWalk walk;
  walk.model = &model;
  walk.image_grids = grids;
  EXPECT_THROW(
      append_positions(std::vector<std::int64_t>{1, 7, 7, 7}, walk, &positions),
      DataError);
  RopeWalk none;
  none.model = &model;
  EXPECT_THROW(append_positions(std::vector<std::int64_t>{7}, none, &positions),
               DataError);
}

}  // namespace
}  // namespace paperphone::agent
