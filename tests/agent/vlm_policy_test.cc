#include "agent/vlm_policy.h"

#include <gtest/gtest.h>

#include "agent/text/prompt.h"
#include "tests/agent/fixtures.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone::agent {
namespace {

std::vector<PolicyInput> inputs_of(
    const std::vector<std::vector<std::uint8_t>>& screens) {
  std::vector<PolicyInput> inputs;
  for (const auto& pixels : screens) {
    PolicyInput input;
    input.instruction = "打开信聊";
    input.screen = {pixels, 160, 120};
    input.seed = inputs.size();
    inputs.push_back(input);
  }
  return inputs;
}

const std::vector<std::vector<std::uint8_t>> kScreens = {
    testing::screen_pixels(1), testing::screen_pixels(2), testing::screen_pixels(3)};

TEST(VlmPolicy, AnUntrainedModelAnswersWithoutCrashing) {
  Agent agent = testing::tiny_agent();
  agent.generation.max_new_tokens = 8;
  VlmPolicy policy(agent, "tiny");
  policy.set_batch_size(2);
  const auto inputs = inputs_of(kScreens);
  const auto outputs = policy.act(inputs);
  ASSERT_EQ(outputs.size(), 3u);
  for (const PolicyOutput& output : outputs) EXPECT_FALSE(output.well_formed);
}

TEST(VlmPolicy, SamplesCarryTheTokensTheTrainerNeeds) {
  Agent agent = testing::tiny_agent();
  agent.generation.max_new_tokens = 6;
  VlmPolicy policy(agent, "tiny");
  const auto inputs = inputs_of(kScreens);
  const auto samples = policy.sample(inputs, 2);
  ASSERT_EQ(samples.size(), 3u);
  for (const auto& group : samples) {
    ASSERT_EQ(group.size(), 2u);
    for (const Sample& sample : group) {
      EXPECT_EQ(sample.response_ids.size(), sample.logprobs.size());
      EXPECT_EQ(sample.prompt.images.size(), 1u);
      for (float logprob : sample.logprobs) EXPECT_LE(logprob, 0.0f);
    }
    EXPECT_EQ(row_of_group(group).segments.size(), 2u);
  }
  EXPECT_EQ(policy.sample(inputs, 2)[1][1].response_ids, samples[1][1].response_ids);
}

TEST(VlmPolicy, LoadsADirectory) {
  const ScratchFolder folder;
  Agent agent = testing::tiny_agent();
  save_agent(agent, folder.path() / "a");
  const auto policy = load_vlm_policy(
      folder.path() / "a", {.num_threads = 1, .bfloat16 = true, .greedy = true});
  policy->options().max_new_tokens = 3;
  EXPECT_TRUE(policy->wants_pixels());
  EXPECT_EQ(policy->act(inputs_of(kScreens)).size(), 3u);
}

TEST(VlmPolicy, PointsFarOffThePictureAreOutOfBounds) {
  const PointMap map{240, 320, 120, 160};
  for (const auto& [action, in_bounds] :
       {std::pair{Action(Click{{121, 80}}), true}, {Click{{99999, 80}}, false},
        {Swipe{{60, 80}, {60, -3}}, true}, {Swipe{{60, 80}, {60, -9999}}, false}}) {
    const PolicyOutput output = output_of_response(
        format_response({.thought = "", .sentence = "点击"}, action, ThoughtStyle::kFast), ThoughtStyle::kFast, map);
    EXPECT_TRUE(output.well_formed);
    EXPECT_EQ(output.in_bounds, in_bounds) << output.response;
  }
}

TEST(VlmPolicy, MapsPointsToTheScreen) {
  const std::string text =
      format_response({.thought = "看", .sentence = "点击"}, Click{{60, 80}}, ThoughtStyle::kFull);
  const PolicyOutput output = output_of_response(text, ThoughtStyle::kFull,
                                                 {.screen_width = 240,
                                                  .screen_height = 320,
                                                  .image_width = 120,
                                                  .image_height = 160});
  ASSERT_TRUE(output.action.has_value());
  const Point point = std::get<Click>(*output.action).point;
  EXPECT_NEAR(point.x, 120, 1);
  EXPECT_NEAR(point.y, 160, 1);
  EXPECT_TRUE(output.well_formed);
  EXPECT_TRUE(output.in_bounds);
  EXPECT_EQ(output.sentence, "点击");
  EXPECT_FALSE(
      output_of_response("nonsense", ThoughtStyle::kFull, {}).action.has_value());
}

}  // namespace
}  // namespace paperphone::agent
