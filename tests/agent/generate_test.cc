#include "agent/generate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/agent/parity_case.h"

namespace paperphone {
namespace {

using testing::kFixtures;
using testing::load_tiny_a;

// A case's generation prompt: ids without padding, pictures through our processor.
Prompt prompt_of(const testing::ParityCase& c, int row, const char* picture) {
  Prompt prompt;
  const auto ids = c["gen.prompt_ids"].accessor<std::int64_t, 2>();
  const auto mask = c["gen.attention_mask"].accessor<std::int64_t, 2>();
  bool has_image = false;
  for (std::int64_t s = 0; s < ids.size(1); ++s)
    if (mask[row][s]) {
      prompt.ids.push_back(ids[row][s]);
      has_image |= ids[row][s] == 1012;
    }
  if (!has_image) return prompt;
  const auto images =
      read_image_processor_config(kFixtures / "tinyA" / "preprocessor_config.json");
  for (const char* suffix : {"_0.ppm", "_1.ppm"}) {
    const auto file = kFixtures / "images" / (std::string(picture) + suffix);
    if (!std::filesystem::exists(file)) continue;
    prompt.images.push_back(make_picture(testing::read_ppm(file).view(), images));
  }
  return prompt;
}

ImageProcessorConfig case_images() {
  return read_image_processor_config(kFixtures / "tinyA/preprocessor_config.json");
}

std::vector<std::int64_t> expected_tokens(const testing::ParityCase& c,
                                          const std::string& name, int row) {
  const auto tokens = c[name][row].contiguous();
  const auto* data = tokens.data_ptr<std::int64_t>();
  return {data, data + tokens.numel()};
}

GenerationOptions greedy(double penalty = 1.0) {
  GenerationOptions options;
  options.max_new_tokens = 24;
  options.temperature = 0;
  options.repetition_penalty = penalty;
  return options;
}

TEST(Generate, GreedyTokensAreTheReferences) {
  Qwen25Vl model = load_tiny_a();
  for (const char* name : {"a1_single_image", "a2_two_images", "a3_text_only"}) {
    const auto c = testing::load_parity_case(name, model->config());
    const std::vector<GenerationRequest> requests = {{prompt_of(c, 0, name), {1}}};
    EXPECT_EQ(generate(model, case_images(), requests, greedy())[0][0].ids,
              expected_tokens(c, "gen.tokens", 0))
        << name;
    EXPECT_EQ(generate(model, case_images(), requests, greedy(1.05))[0][0].ids,
              expected_tokens(c, "gen_rp105.tokens", 0))
        << name;
  }
}

TEST(Generate, UnequalPromptsInOneBatchGiveTheReferencesTokens) {
  Qwen25Vl model = load_tiny_a();
  const auto c = testing::load_parity_case("a4_batch_left_pad", model->config());
  const std::vector<GenerationRequest> requests = {
      {prompt_of(c, 0, "a4_batch_left_pad"), {1, 2}},
      {prompt_of(c, 1, "a4_batch_left_pad"), {3, 4}}};
  const auto generated = generate(model, case_images(), requests, greedy());
  for (int row = 0; row < 2; ++row)
    for (int g = 0; g < 2; ++g)
      EXPECT_EQ(generated[row][g].ids, expected_tokens(c, "gen.tokens", row));
}

TEST(Generate, LogprobsAreThoseOfTheTrainingForward) {
  Qwen25Vl model = load_tiny_a();
  const auto c = testing::load_parity_case("a1_single_image", model->config());
  GenerationOptions options;
  options.max_new_tokens = 12;
  const std::vector<GenerationRequest> requests = {
      {prompt_of(c, 0, "a1_single_image"), {11, 12, 13}}};
  const auto group = generate(model, case_images(), requests, options)[0];
  EXPECT_NE(group[0].ids, group[1].ids);
  TrainingRow row{requests[0].prompt, {}};
  for (const Generated& sample : group) row.segments.push_back({sample.ids, 0});
  const Batch batch = make_batch(std::span(&row, 1), model->config(), case_images());
  torch::NoGradGuard no_grad;
  const auto logprobs = model->target_logprobs(batch);
  std::int64_t i = 0;
  for (const Generated& sample : group)
    for (float logprob : sample.logprobs)
      EXPECT_NEAR(logprob, logprobs[i++].item<float>(), 2e-4);
  EXPECT_EQ(i, logprobs.size(0));
}

TEST(Generate, ASampleDependsOnItsPromptAndSeedOnly) {
  Qwen25Vl model = load_tiny_a();
  const auto a = testing::load_parity_case("a3_text_only", model->config());
  const auto b = testing::load_parity_case("a4_batch_left_pad", model->config());
  GenerationOptions options;
  options.max_new_tokens = 16;
  options.temperature = 0.8;
  options.top_p = 0.95;
  options.stop_ids = {1002, 1000};
  const GenerationRequest one{prompt_of(a, 0, "a3_text_only"), {5, 6}};
  const GenerationRequest other{prompt_of(b, 1, "a4_batch_left_pad"), {7, 8}};
  const auto alone =
      generate(model, case_images(), std::vector<GenerationRequest>{one}, options);
  const auto together = generate(model, case_images(),
                                 std::vector<GenerationRequest>{other, one}, options);
  for (int g = 0; g < 2; ++g) EXPECT_EQ(alone[0][g].ids, together[1][g].ids);
}

TEST(Generate, StopsAtAStopTokenAndSaysSo) {
  Qwen25Vl model = load_tiny_a();
  const auto c = testing::load_parity_case("a3_text_only", model->config());
  const auto tokens = expected_tokens(c, "gen.tokens", 0);
  GenerationOptions options = greedy();
  options.stop_ids = {tokens[3]};
  const std::vector<GenerationRequest> requests = {{prompt_of(c, 0, ""), {1}}};
  const auto sample = generate(model, case_images(), requests, options)[0][0];
  EXPECT_EQ(sample.finish, FinishReason::kStop);
  EXPECT_EQ(sample.ids.back(), tokens[3]);
  EXPECT_LE(sample.ids.size(), 4u);
  options.stop_ids = {};
  options.max_new_tokens = 2;
  EXPECT_EQ(generate(model, case_images(), requests, options)[0][0].finish,
            FinishReason::kLength);
}

TEST(ChooseToken, FollowsTemperatureTopKAndTopP) {
  const std::vector<float> logits = {0.0f, std::log(2.0f), std::log(5.0f), -1e9f};
  GenerationOptions options;  // probabilities 1/8, 2/8, 5/8, 0
  EXPECT_EQ(choose_token(logits, options, {}, 0.0), 0);
  EXPECT_EQ(choose_token(logits, options, {}, 0.13), 1);
  EXPECT_EQ(choose_token(logits, options, {}, 0.38), 2);
  EXPECT_EQ(choose_token(logits, options, {}, 0.999999), 2);
  options.top_k = 1;
  EXPECT_EQ(choose_token(logits, options, {}, 0.0), 2);
  options.top_k = 0;
  options.top_p = 0.7;  // keeps 2 and 1, in that order: 5/7, 2/7
  EXPECT_EQ(choose_token(logits, options, {}, 0.7), 2);
  EXPECT_EQ(choose_token(logits, options, {}, 0.72), 1);
  options.temperature = 0;
  EXPECT_EQ(choose_token(logits, options, {}, 0.9), 2);
  options.banned_ids = {2};
  EXPECT_EQ(choose_token(logits, options, {}, 0.9), 1);
}

TEST(ChooseToken, PenalizesWhatWasSeenOnce) {
  GenerationOptions options;
  options.temperature = 0;
  options.repetition_penalty = 2.0;
  const std::vector<std::int64_t> seen = {0, 0};
  EXPECT_EQ(choose_token(std::vector<float>{3.0f, 2.0f}, options, seen, 0), 1);
  EXPECT_EQ(choose_token(std::vector<float>{5.0f, 2.0f}, options, seen, 0), 0);
  EXPECT_EQ(choose_token(std::vector<float>{-1.0f, -1.5f}, options, seen, 0), 1);
}

}  // namespace
}  // namespace paperphone
