#include "agent/model/batch.h"

#include <gtest/gtest.h>

#include "agent/text/prompt.h"
#include "env/base/error.h"
#include "tests/agent/parity_case.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone::agent {
namespace {

class BatchTest : public ::testing::Test {
 protected:
  BatchTest() { agent_.images.min_pixels = 40 * 40; }

  PicturePtr screen(int seed, int height = 160, int width = 120) const {
    return make_picture({testing::screen_pixels(seed, height, width), height, width},
                        agent_.images);
  }
  TrainingRow row(int seed, std::vector<Segment> segments) const {
    return {prompts_.image_prefix(screen(seed)), std::move(segments)};
  }
  torch::Tensor logprobs(std::span<const TrainingRow> rows) {
    torch::NoGradGuard no_grad;
    return agent_.model->target_logprobs(
        make_batch(rows, agent_.model->config(), agent_.images));
  }

  Agent agent_ = testing::tiny_agent();
  PromptBuilder prompts_{agent_.tokenizer, agent_.images, agent_.prompt};
};

TEST_F(BatchTest, SegmentsSeeThePrefixAndNotEachOther) {
  const Segment a = prompts_.question("这里写着什么？", "信聊");
  const Segment b = prompts_.question("打开设置？", "蓝牙");
  const std::vector<TrainingRow> packed = {row(1, {a, b})};
  const std::vector<TrainingRow> apart = {row(1, {a}), row(1, {b})};
  EXPECT_LT(testing::largest_difference(logprobs(packed), logprobs(apart)), 1e-4);
}

TEST_F(BatchTest, AGroupOfResponsesSharesItsPrompt) {
  const Segment a{prompts_.response_ids("打开"), 0},
      b{prompts_.response_ids("信聊"), 0};
  const std::vector<TrainingRow> packed = {row(2, {a, b})};
  const std::vector<TrainingRow> apart = {row(2, {a}), row(2, {b})};
  const Batch batch = make_batch(packed, agent_.model->config(), agent_.images);
  EXPECT_EQ(batch.segment_targets,
            (std::vector<int>{int(a.ids.size()), int(b.ids.size())}));
  EXPECT_FALSE(batch.single_segment);
  EXPECT_LT(testing::largest_difference(logprobs(packed), logprobs(apart)), 1e-4);
}

TEST_F(BatchTest, StatesAtSomePositionsAreThoseOfAll) {
  const Segment a = prompts_.question("这里写着什么？", "信聊");
  const std::vector<TrainingRow> rows = {row(1, {a, a}), row(3, {a})};
  const Batch batch = make_batch(rows, agent_.model->config(), agent_.images);
  const torch::NoGradGuard no_grad;
  const auto all = agent_.model->hidden_states(batch).flatten(0, 1);
  const auto index = torch::tensor({0, 5, 5, 40, int(all.size(0)) - 1}, torch::kInt64);
  EXPECT_LT(testing::largest_difference(agent_.model->hidden_states_at(index, batch),
                                        all.index_select(0, index)),
            1e-4);
}

TEST_F(BatchTest, PatchesOfAllPicturesAreThoseOfEach) {
  const Segment a = prompts_.question("什么？", "信聊");
  const std::vector<TrainingRow> rows = {
      row(1, {a}), {prompts_.image_prefix(screen(2, 200, 80)), {a}}, row(3, {a})};
  const VisionBatch vision =
      make_batch(rows, agent_.model->config(), agent_.images).vision;
  ASSERT_EQ(vision.grids.size(), 3u);
  std::vector<torch::Tensor> each;
  for (std::size_t i = 0; i < 3; ++i) each.push_back(vision.patches_NP(i));
  EXPECT_TRUE(torch::equal(vision.patches_NP(), torch::cat(each)));
}

TEST_F(BatchTest, PaddingChangesNothing) {
  const Segment a = prompts_.question("什么？", "信聊");
  const Segment b = prompts_.question("在淘好物搜索耳机，打开设置？", "蓝牙");
  const std::vector<TrainingRow> one = {row(1, {a})};
  const std::vector<TrainingRow> two = {row(1, {a}), row(3, {b, b, b})};
  const auto alone = logprobs(one);
  EXPECT_LT(
      testing::largest_difference(alone, logprobs(two).narrow(0, 0, alone.size(0))),
      1e-4);
}

TEST_F(BatchTest, EqualPicturesAreEmbeddedOnce) {
  const Segment a = prompts_.question("什么？", "信聊");
  const std::vector<TrainingRow> rows = {row(1, {a}), row(2, {a}), row(1, {a})};
  const Batch batch = make_batch(rows, agent_.model->config(), agent_.images);
  EXPECT_EQ(batch.vision.grids.size(), 2u);
  EXPECT_EQ(batch.image_index_M.size(0), 3 * 12);
  EXPECT_EQ(batch.image_source_M.max().item<std::int64_t>(), 23);
}

TEST_F(BatchTest, PicturesOfDifferentSizesGoTogether) {
  const Segment a = prompts_.question("什么？", "信聊");
  const TrainingRow small = row(1, {a});
  const TrainingRow large{prompts_.image_prefix(screen(5, 240, 200)), {a}};
  const std::vector<TrainingRow> together = {small, large, small};
  const std::vector<TrainingRow> alone = {large};
  const auto all = logprobs(together), one = logprobs(alone);
  EXPECT_LT(testing::largest_difference(all.narrow(0, one.size(0), one.size(0)), one),
            1e-4);
}

TEST_F(BatchTest, AMissingImageIsADataError) {
  TrainingRow broken = row(1, {prompts_.question("什么？", "信聊")});
  broken.prefix.images.clear();
  EXPECT_THROW(make_batch(std::span(&broken, 1), agent_.model->config(), agent_.images),
               DataError);
  broken = row(1, {});
  broken.prefix.images.push_back(broken.prefix.images[0]);
  EXPECT_THROW(make_batch(std::span(&broken, 1), agent_.model->config(), agent_.images),
               DataError);
}

TEST_F(BatchTest, TheTinyModelLearnsToTellTwoScreensApart) {
  const std::vector<TrainingRow> rows = {row(1, {prompts_.question("什么？", "信聊")}),
                                         row(2, {prompts_.question("什么？", "蓝牙")})};
  const Batch batch = make_batch(rows, agent_.model->config(), agent_.images);
  agent_.model->set_compute_type(ComputeType::kBfloat16);
  // Steps by the gradient's sign take another way after every rounding: 60 were too few
  // with some arithmetics.
  for (int step = 0; step < 100; ++step) {
    const auto loss = -agent_.model->target_logprobs(batch).mean();
    agent_.model->zero_grad();
    loss.backward();
    torch::NoGradGuard no_grad;
    for (auto& parameter : agent_.model->parameters())
      if (parameter.grad().defined())
        parameter.sub_(0.003 * (1 - step / 100.0) * parameter.grad().sign());
  }
  const torch::NoGradGuard no_grad;
  const auto likeliest = agent_.model->forward(batch).argmax(1);
  EXPECT_TRUE(torch::equal(likeliest, batch.target_ids_L)) << likeliest;
}

}  // namespace
}  // namespace paperphone::agent
