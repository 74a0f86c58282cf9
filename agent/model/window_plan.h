// Which patches attend to which in the vision tower, worked out before any tensor is
// touched: windows, frames, and the order in which rows stand so that both are
// contiguous.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agent/image/image_processor.h"
#include "agent/model/model_config.h"

namespace paperphone::agent {

// The reference's order: windows row by row over each frame, clipped at the border.
struct WindowOrder {
  std::vector<std::int64_t> groups;      // merged tokens (groups of patches)
  std::vector<std::int64_t> boundaries;  // in patches, from 0, without empty windows
};
WindowOrder reference_window_order(std::span<const PatchGrid> grids,
                                   const VisionConfig& config);

// Our order: the same windows, inside each frame the longer ones first, so that equal
// windows are neighbours and attend in one batched product without gathering. Frames
// of one shape that follow each other form a block.
struct WindowRun {
  int length = 0;  // patches per window
  int count = 0;   // windows
};
struct FrameBlock {
  int frames = 0;
  int rows_per_frame = 0;       // patches
  std::vector<WindowRun> runs;  // of each frame
};
struct WindowPlan {
  std::vector<std::int64_t> order;    // order[new group] = old group
  std::vector<std::int64_t> inverse;  // inverse[old group] = new group
  // Row and column of every patch in its frame, in the new order, for rotation.
  std::vector<std::int32_t> patch_rows;
  std::vector<std::int32_t> patch_columns;
  std::vector<FrameBlock> blocks;
};
WindowPlan make_window_plan(std::span<const PatchGrid> grids,
                            const VisionConfig& config);

}  // namespace paperphone::agent
