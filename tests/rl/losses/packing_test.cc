#include "rl/losses/packing.h"

#include <gtest/gtest.h>

#include <memory>

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

// 9 is a picture's pad, 8 the mark behind it.
TEST(Packing, RowsShareWholePromptsOrElsePictures) {
  const auto picture = std::make_shared<agent::Picture>();
  const auto sample = [&](std::vector<std::int64_t> ids, std::int64_t response) {
    Sample out;
    out.prompt.ids = std::move(ids);
    out.prompt.images = {picture};
    out.response_ids = {response, 7};
    return out;
  };
  const Sample a = sample({1, 9, 9, 8, 2}, 11), b = sample({1, 9, 9, 8, 3, 4}, 12),
               c = sample({1, 9, 9, 8, 5}, 13), a2 = sample({1, 9, 9, 8, 2}, 14);
  const std::vector<const Sample*> samples = {&a, &b, &c, &a2};
  const auto rows = shared_rows(samples, 9, 10);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].row.prefix.ids, a.prompt.ids);
  EXPECT_EQ(rows[0].members, (std::vector<int>{0, 3}));
  EXPECT_EQ(rows[0].row.segments[1].ids, (std::vector<std::int64_t>{14, 7}));
  EXPECT_EQ(rows[1].row.prefix.ids, (std::vector<std::int64_t>{1, 9, 9, 8}));
  EXPECT_EQ(rows[1].members, (std::vector<int>{1, 2}));
  EXPECT_EQ(rows[1].row.segments[0].ids, (std::vector<std::int64_t>{3, 4, 12, 7}));
  EXPECT_EQ(rows[1].row.segments[0].first_target, 2);
  EXPECT_EQ(rows[1].row.segments[1].ids, (std::vector<std::int64_t>{5, 13, 7}));
  EXPECT_EQ(shared_rows(samples, 9, 1).size(), 4u);
}

TEST(Packing, APromptWithoutPicturesSharesNothingButItself) {
  Sample a, b;
  a.prompt.ids = {1, 2};
  b.prompt.ids = {1, 3};
  a.response_ids = b.response_ids = {5};
  const std::vector<const Sample*> samples = {&a, &b};
  const auto rows = shared_rows(samples, 9, 10);
  ASSERT_EQ(rows.size(), 1u);  // one empty beginning
  EXPECT_EQ(rows[0].row.segments[1].ids, (std::vector<std::int64_t>{1, 3, 5}));
  EXPECT_EQ(rows[0].row.segments[1].first_target, 2);
}

}  // namespace
}  // namespace paperphone::rl
