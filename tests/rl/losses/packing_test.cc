#include "rl/losses/packing.h"

#include <gtest/gtest.h>

namespace paperphone::rl {

using agent::Sample;

namespace {

TEST(Packing, PadsSegmentsIntoRowsAndBack) {
  const torch::Tensor values_L =
      torch::tensor({1.0f, 2.0f, 3.0f, 4.0f}).requires_grad_(true);
  const torch::Tensor padded_NT = pad_segments(values_L, {1, 3});
  EXPECT_TRUE(torch::equal(padded_NT.detach(),
                           torch::tensor({{1.0f, 0.0f, 0.0f}, {2.0f, 3.0f, 4.0f}})));
  EXPECT_TRUE(torch::equal(segment_mask({1, 3}),
                           torch::tensor({{1.0f, 0.0f, 0.0f}, {1.0f, 1.0f, 1.0f}})));
  (padded_NT * padded_NT).sum().backward();
  EXPECT_TRUE(torch::equal(values_L.grad(), torch::tensor({2.0f, 4.0f, 6.0f, 8.0f})));
}

TEST(Packing, GroupsSamplesOfOnePromptUpToTheLimit) {
  Sample a, b;
  a.prompt.ids = {1, 2};
  b.prompt.ids = {1, 3};
  const std::vector<const Sample*> samples = {&a, &b, &a, &a, &b};
  EXPECT_EQ(group_by_prompt(samples, 10),
            (std::vector<std::vector<int>>{{0, 2, 3}, {1, 4}}));
  EXPECT_EQ(group_by_prompt(samples, 2),
            (std::vector<std::vector<int>>{{0, 2}, {1, 4}, {3}}));
}

}  // namespace
}  // namespace paperphone::rl
