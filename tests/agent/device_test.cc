// Everything that a model does, on a device that refuses to mix its tensors with the CPU's
// (strict_device.h): the same numbers as on the CPU. The reference's cases are run there by
// parity_test.cc.
#include <gtest/gtest.h>

#include "agent/generation/generate.h"
#include "agent/text/prompt.h"
#include "agent/vlm_policy.h"
#include "env/base/error.h"
#include "tests/agent/fixtures.h"
#include "tests/agent/parity_case.h"
#include "tests/agent/strict_device.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone::agent {
namespace {

using testing::largest_difference;
using testing::strict_device;

TEST(StrictDevice, RefusesToMixAndComputesOtherwise) {
  const auto here = torch::tensor({1.0f, 2.0f}), there = here.to(strict_device());
  EXPECT_THROW(here + there, c10::Error);
  EXPECT_THROW(torch::matmul(there.view({1, 2}), here.view({2, 1})), c10::Error);
  EXPECT_THROW(there.index_select(0, torch::tensor({1})), c10::Error);
  EXPECT_TRUE(torch::equal((there * 2 + there).cpu(), here * 3));
  EXPECT_EQ((there + there).device(), strict_device());
}

// The tiny architecture with all its deviations, on the CPU and on the device.
class DeviceTest : public ::testing::Test {
 protected:
  DeviceTest() {
    for (Agent* agent : {&here_, &there_}) agent->images.min_pixels = 40 * 40;
    there_.model->to(torch::Device(testing::other_device()));
  }

  Prompt prompt(int seed, const std::string& instruction) const {
    const PicturePtr picture =
        make_picture({testing::screen_pixels(seed), 160, 120}, here_.images);
    return prompts_.build(instruction, picture, {});
  }
  Batch batch(const Agent& agent) const {
    std::vector<TrainingRow> rows;
    for (int seed : {1, 2}) {
      TrainingRow& row = rows.emplace_back(TrainingRow{prompt(seed, "打开信聊"), {}});
      row.segments = {{{5, 6, 7, 8}, 0}, {{9, 10}, 1}};
    }
    return make_batch(rows, agent.model->config(), agent.images);
  }
  // Losses and gradients of both.
  void expect_same_training() {
    std::vector<torch::Tensor> logprobs;
    for (Agent* agent : {&here_, &there_}) {
      agent->model->zero_grad();
      logprobs.push_back(agent->model->target_logprobs(batch(*agent)));
      EXPECT_TRUE(logprobs.back().is_cpu());
      (-logprobs.back().mean()).backward();
    }
    EXPECT_LT(largest_difference(logprobs[0].detach(), logprobs[1].detach()), 1e-4);
    const auto others = there_.model->named_parameters();
    for (const auto& item : here_.model->named_parameters()) {
      const torch::Tensor &ours = item.value().grad(), &theirs = others[item.key()].grad();
      ASSERT_EQ(ours.defined(), theirs.defined()) << item.key();
      if (!ours.defined()) continue;
      EXPECT_FALSE(theirs.is_cpu()) << item.key();
      EXPECT_LT(largest_difference(ours, theirs),
                1e-3 * std::max(1e-2, ours.abs().max().item<double>()))
          << item.key();
    }
  }

  Agent here_ = testing::tiny_agent(), there_ = testing::tiny_agent();
  PromptBuilder prompts_{here_.tokenizer, here_.images, here_.prompt};
};

TEST_F(DeviceTest, LearnsTheSame) { expect_same_training(); }

TEST_F(DeviceTest, LearnsTheSameWithRecomputedLayersAndAStandingTower) {
  for (Agent* agent : {&here_, &there_}) {
    agent->model->set_gradient_checkpointing(true);
    for (auto& parameter : agent->model->visual->parameters())
      parameter.set_requires_grad(false);
  }
  expect_same_training();
  expect_same_training();  // image tokens from the cache
}

TEST_F(DeviceTest, AdaptersLearnTheSameAndMerge) {
  for (Agent* agent : {&here_, &there_}) add_lora(agent->model, {.rank = 2}, Rng(3));
  expect_same_training();
  merge_lora(there_.model);
  unmerge_lora(there_.model);
  EXPECT_EQ(there_.model->weights_hash(), here_.model->weights_hash());
}

TEST_F(DeviceTest, SamplesTheSameFromWholePromptsAndFromKnownBeginnings) {
  GenerationOptions options;
  options.max_new_tokens = 12;
  options.temperature = 0;
  const std::vector<GenerationRequest> requests = {{prompt(1, "打开信聊"), {1, 2}},
                                                   {prompt(1, "打开设置"), {3, 4}}};
  const auto ids = [&](Agent& agent, PrefixCache* prefixes) {
    std::vector<std::vector<std::int64_t>> all;
    for (const auto& group :
         generate(agent.model, agent.images, requests, options, prefixes))
      for (const Generated& one : group) all.push_back(one.ids);
    return all;
  };
  const auto expected = ids(here_, nullptr);
  EXPECT_EQ(ids(there_, nullptr), expected);
  PrefixCache prefixes(1 << 26);
  for (int pass = 0; pass < 2; ++pass) EXPECT_EQ(ids(there_, &prefixes), expected);
  EXPECT_GT(prefixes.reused_tokens(), 0);
}

TEST_F(DeviceTest, ExactArithmeticSaysThatItNeedsTheCpu) {
  there_.model->set_arithmetic(Arithmetic::kExact);
  EXPECT_THROW(there_.model->target_logprobs(batch(there_)), ConfigError);
}

TEST_F(DeviceTest, AFolderIsLoadedToItAndSavedFromIt) {
  const ScratchFolder folder;
  save_agent(there_, folder.path() / "a");
  const Agent back =
      load_agent(folder.path() / "a", {.device = testing::other_device()});
  EXPECT_EQ(back.model->device(), there_.model->device());
  EXPECT_EQ(back.model->weights_hash(), here_.model->weights_hash());
  const auto answer = [&](const std::string& device) {
    const auto policy = load_vlm_policy(
        folder.path() / "a",
        {.num_threads = 1, .bfloat16 = false, .greedy = true, .device = device});
    policy->options().max_new_tokens = 8;
    PolicyInput input;
    input.instruction = "打开信聊";
    const auto pixels = testing::screen_pixels(1);
    input.screen = {pixels, 160, 120};
    return policy->sample({&input, 1}, 1)[0][0].response_ids;
  };
  EXPECT_EQ(answer(testing::other_device()), answer("cpu"));
}

TEST(Device, ThatIsNotThereIsNamed) {
  try {
    device_named("cuda:77");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("cuda:77"), std::string::npos);
  }
}

}  // namespace
}  // namespace paperphone::agent
