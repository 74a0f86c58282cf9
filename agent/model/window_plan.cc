#include "agent/model/window_plan.h"

#include <algorithm>

#include "env/base/check.h"

namespace paperphone::agent {
namespace {

// The windows of one frame: lists of merged tokens, numbered from 0, tile by tile.
std::vector<std::vector<std::int64_t>> windows_of_frame(PatchGrid grid,
                                                        const VisionConfig& config) {
  const int merge = config.spatial_merge_size;
  const int rows = grid.h / merge, columns = grid.w / merge;
  const int side = std::max(1, config.window_size / merge / config.patch_size);
  std::vector<std::vector<std::int64_t>> windows;
  for (int top = 0; top < rows; top += side)
    for (int left = 0; left < columns; left += side) {
      std::vector<std::int64_t> window;
      for (int r = top; r < std::min(rows, top + side); ++r)
        for (int c = left; c < std::min(columns, left + side); ++c)
          window.push_back(std::int64_t(r) * columns + c);
      windows.push_back(std::move(window));
    }
  return windows;
}

}  // namespace

WindowOrder reference_window_order(std::span<const PatchGrid> grids,
                                   const VisionConfig& config) {
  WindowOrder order;
  order.boundaries.push_back(0);
  std::int64_t offset = 0;
  for (const PatchGrid& grid : grids) {
    const auto windows = windows_of_frame(grid, config);
    for (int t = 0; t < grid.t; ++t) {
      for (const auto& window : windows) {
        for (std::int64_t group : window) order.groups.push_back(offset + group);
        order.boundaries.push_back(order.boundaries.back() +
                                   std::int64_t(window.size()) * config.merge_group());
      }
      offset += std::int64_t(grid.h) * grid.w / config.merge_group();
    }
  }
  return order;
}

WindowPlan make_window_plan(std::span<const PatchGrid> grids,
                            const VisionConfig& config) {
  const int merge = config.spatial_merge_size;
  WindowPlan plan;
  PatchGrid previous;
  std::int64_t offset = 0;
  for (const PatchGrid& grid : grids) {
    CHECK_EQ(grid.h % merge, 0);
    CHECK_EQ(grid.w % merge, 0);
    auto windows = windows_of_frame(grid, config);
    std::stable_sort(windows.begin(), windows.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    if (plan.blocks.empty() || grid.h != previous.h || grid.w != previous.w) {
      FrameBlock block{0, grid.h * grid.w, {}};
      for (const auto& window : windows) {
        const int length = int(window.size()) * config.merge_group();
        if (block.runs.empty() || block.runs.back().length != length)
          block.runs.push_back({length, 0});
        ++block.runs.back().count;
      }
      plan.blocks.push_back(std::move(block));
    }
    previous = grid;
    plan.blocks.back().frames += grid.t;
    const int columns = grid.w / merge;
    for (int t = 0; t < grid.t; ++t) {
      for (const auto& window : windows)
        for (std::int64_t group : window) {
          plan.order.push_back(offset + group);
          const int row = int(group / columns) * merge;
          const int column = int(group % columns) * merge;
          for (int i = 0; i < merge; ++i)
            for (int j = 0; j < merge; ++j) {
              plan.patch_rows.push_back(row + i);
              plan.patch_columns.push_back(column + j);
            }
        }
      offset += std::int64_t(grid.h) * grid.w / config.merge_group();
    }
  }
  plan.inverse.resize(plan.order.size());
  for (std::size_t i = 0; i < plan.order.size(); ++i)
    plan.inverse[plan.order[i]] = std::int64_t(i);
  return plan;
}

}  // namespace paperphone::agent
