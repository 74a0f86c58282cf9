#include "agent/model/window_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/agent/reference_set.h"

namespace paperphone::agent {
namespace {

struct WindowCase {
  VisionConfig config;
  std::vector<PatchGrid> grids;
  nlohmann::json json;
};

std::vector<WindowCase> window_cases() {
  const auto json = testing::read_json(testing::reference_root() / "cases/window_index.json");
  std::vector<WindowCase> cases;
  for (const auto& row : json["cases"]) {
    WindowCase one;
    one.config.patch_size = json["patch_size"];
    one.config.spatial_merge_size = json["spatial_merge_size"];
    one.config.window_size = row["window_size"];
    for (const auto& grid : row["grid_thw"])
      one.grids.push_back({grid[0], grid[1], grid[2]});
    one.json = row;
    cases.push_back(one);
  }
  return cases;
}

TEST(WindowPlan, ReferenceOrderIsTheReferences) {
  for (const WindowCase& one : window_cases()) {
    const WindowOrder order = reference_window_order(one.grids, one.config);
    EXPECT_EQ(order.groups, one.json["window_index"].get<std::vector<std::int64_t>>());
    EXPECT_EQ(order.boundaries,
              one.json["cu_window_seqlens"].get<std::vector<std::int64_t>>());
  }
}

// Windows as sets of groups: who attends to whom.
std::set<std::set<std::int64_t>> windows_of(const WindowOrder& order, int group) {
  std::set<std::set<std::int64_t>> windows;
  for (std::size_t i = 0; i + 1 < order.boundaries.size(); ++i)
    windows.insert({order.groups.begin() + order.boundaries[i] / group,
                    order.groups.begin() + order.boundaries[i + 1] / group});
  return windows;
}

TEST(WindowPlan, OurOrderHasTheSameWindowsInsideTheSameFrames) {
  for (const WindowCase& one : window_cases()) {
    const WindowPlan plan = make_window_plan(one.grids, one.config);
    WindowOrder ours;
    ours.groups = plan.order;
    ours.boundaries.push_back(0);
    for (const FrameBlock& block : plan.blocks)
      for (int frame = 0; frame < block.frames; ++frame) {
        const std::int64_t begin = ours.boundaries.back();
        for (const WindowRun& run : block.runs)
          for (int i = 0; i < run.count; ++i)
            ours.boundaries.push_back(ours.boundaries.back() + run.length);
        EXPECT_EQ(ours.boundaries.back() - begin, block.rows_per_frame);
      }
    const int group = one.config.merge_group();
    EXPECT_EQ(windows_of(ours, group),
              windows_of(reference_window_order(one.grids, one.config), group));
    for (std::size_t i = 0; i < plan.order.size(); ++i)
      EXPECT_EQ(plan.inverse[plan.order[i]], std::int64_t(i));
    if (one.json["hw_position_ids_before_reorder"].is_null()) continue;
    const auto& hw = one.json["hw_position_ids_before_reorder"];
    for (std::size_t i = 0; i < plan.patch_rows.size(); ++i) {
      const std::size_t old = plan.order[i / group] * group + i % group;
      ASSERT_EQ(plan.patch_rows[i], hw[old][0].get<int>());
      ASSERT_EQ(plan.patch_columns[i], hw[old][1].get<int>());
    }
  }
}

TEST(WindowPlan, EqualWindowsAreNeighbours) {
  VisionConfig config;
  config.patch_size = 20;
  config.window_size = 160;
  const std::vector<PatchGrid> grids = {{1, 40, 18}, {1, 40, 18}};
  const WindowPlan plan = make_window_plan(grids, config);
  ASSERT_EQ(plan.blocks.size(), 1u);
  EXPECT_EQ(plan.blocks[0].frames, 2);
  ASSERT_EQ(plan.blocks[0].runs.size(), 2u);
  EXPECT_EQ(plan.blocks[0].runs[0].length, 64);
  EXPECT_EQ(plan.blocks[0].runs[0].count, 10);
  EXPECT_EQ(plan.blocks[0].runs[1].length, 16);
  EXPECT_EQ(plan.blocks[0].runs[1].count, 5);
}

}  // namespace
}  // namespace paperphone::agent
