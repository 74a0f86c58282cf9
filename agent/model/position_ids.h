// Three-axis positions (time, height, width) of a token sequence with images and
// videos: transformers' get_rope_index as a walk along the tokens.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "agent/image/image_processor.h"
#include "agent/model/model_config.h"

namespace paperphone::agent {

// Where the walk stands; one per sequence, or carried over a whole batch (images are
// consumed in order of appearance).
struct RopeWalk {
  const ModelConfig* model = nullptr;
  std::span<const PatchGrid> image_grids;
  std::span<const PatchGrid> video_grids;
  std::span<const double> seconds_per_grid;  // one per video
  std::size_t image = 0;                     // next of each, advanced by the walk
  std::size_t video = 0;
  std::int64_t next = 0;  // position of the next text token
};

// Appends (t, h, w) of every id: text counts on, an image's tokens take their row and
// column, and what follows begins after the largest of them. Throws DataError if the
// pads of an image are fewer than its tokens or there is no image for them.
void append_positions(std::span<const std::int64_t> ids, RopeWalk& walk,
                      std::vector<std::array<std::int64_t, 3>>* positions);

}  // namespace paperphone::agent
