#include "agent/model/position_ids.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/base/check.h"
#include "env/base/error.h"

namespace paperphone::agent {

void append_positions(std::span<const std::int64_t> ids, RopeWalk& walk,
                      std::vector<std::array<std::int64_t, 3>>* positions) {
  CHECK_TRUE(walk.model != nullptr);
  const ModelConfig& model = *walk.model;
  const int merge = model.vision.spatial_merge_size;
  for (std::size_t i = 0; i < ids.size();) {
    const bool is_image = ids[i] == model.image_token_id;
    if (!is_image && ids[i] != model.video_token_id) {
      positions->push_back({walk.next, walk.next, walk.next});
      ++walk.next;
      ++i;
      continue;
    }
    const auto& grids = is_image ? walk.image_grids : walk.video_grids;
    std::size_t& index = is_image ? walk.image : walk.video;
    if (index >= grids.size())
      throw DataError(fmt::format("token {} stands for an image, but only {} are given",
                                  i, grids.size()));
    const PatchGrid grid = grids[index];
    double seconds = 0;
    if (!is_image) {
      CHECK_LT(index, walk.seconds_per_grid.size());
      seconds = walk.seconds_per_grid[index];
    }
    ++index;
    const std::int64_t count = grid.num_tokens(merge);
    const auto run = ids.subspan(i, std::min<std::size_t>(count, ids.size() - i));
    if (std::int64_t(run.size()) < count ||
        !std::all_of(run.begin(), run.end(), [&](auto id) { return id == ids[i]; }))
      throw DataError(fmt::format(
          "the image at token {} needs {} pad tokens; the sequence has fewer", i,
          count));
    const std::int64_t base = walk.next;
    for (int t = 0; t < grid.t; ++t) {
      const auto time = std::int64_t(t * seconds * model.vision.tokens_per_second);
      for (int row = 0; row < grid.h / merge; ++row)
        for (int column = 0; column < grid.w / merge; ++column) {
          positions->push_back({base + time, base + row, base + column});
          walk.next =
              std::max({walk.next, base + time + 1, base + row + 1, base + column + 1});
        }
    }
    i += std::size_t(count);
  }
}

}  // namespace paperphone::agent
