#include "agent/generation/generate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/agent/parity_case.h"

namespace paperphone::agent {
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

TEST(Generate, GivesLogprobsOfTheDistributionItDrewFrom) {
  Qwen25Vl model = load_tiny_a();
  const auto c = testing::load_parity_case("a3_text_only", model->config());
  GenerationOptions options;
  options.max_new_tokens = 8;
  const std::vector<GenerationRequest> requests = {{prompt_of(c, 0, ""), {21}}};
  const auto plain = generate(model, case_images(), requests, options)[0][0];
  for (std::size_t i = 0; i < plain.ids.size(); ++i)
    EXPECT_NEAR(plain.sampling_logprobs[i], plain.logprobs[i], 1e-4);
  options.temperature = 0.5;
  options.top_k = 3;
  const auto sharp = generate(model, case_images(), requests, options)[0][0];
  EXPECT_GT(sharp.sampling_logprobs[0], sharp.logprobs[0]);  // three tokens are left
  options.top_k = 1;
  const auto greedy_one = generate(model, case_images(), requests, options)[0][0];
  for (float logprob : greedy_one.sampling_logprobs) EXPECT_EQ(logprob, 0.0f);
}

TEST(Generate, GoesOnFromTheBeginningOfAnEarlierPrompt) {
  Qwen25Vl model = load_tiny_a();
  const auto c = testing::load_parity_case("a2_two_images", model->config());
  const Prompt whole = prompt_of(c, 0, "a2_two_images");
  // An earlier turn: the same conversation up to shortly before its end.
  Prompt earlier = whole;
  earlier.ids.resize(whole.ids.size() - 5);
  const auto run = [&](const Prompt& prompt, PrefixCache* prefixes) {
    const std::vector<GenerationRequest> requests = {{prompt, {1, 2}}};
    return generate(model, case_images(), requests, greedy(), prefixes)[0][1].ids;
  };
  PrefixCache prefixes(1 << 24);
  run(earlier, &prefixes);
  EXPECT_EQ(prefixes.reused_tokens(), 0);
  EXPECT_EQ(run(whole, &prefixes), run(whole, nullptr));
  EXPECT_EQ(prefixes.reused_tokens(), std::int64_t(earlier.ids.size()));
  // Another picture is another beginning, though the ids are the same.
  Prompt other = whole;
  std::swap(other.images[0], other.images[1]);
  const auto grids = [&](const Prompt& p) {
    return grid_of(*p.images[0], case_images()).num_tokens(2);
  };
  if (grids(other) == grids(whole)) {
    EXPECT_NE(run(other, &prefixes), run(whole, nullptr));
  }
  // New weights: nothing old may be used.
  {
    torch::NoGradGuard no_grad;
    model->model->embed_tokens->weight.mul_(1.01);
  }
  const auto before = prefixes.reused_tokens();
  EXPECT_EQ(run(whole, &prefixes), run(whole, nullptr));
  EXPECT_EQ(prefixes.reused_tokens(), before);
}

TEST(PrefixCache, KeepsToItsBytesAndForgetsTheOldest) {
  const auto rows = [](float value) {
    KeyValues one;
    one.keys = {torch::full({1, 2, 16, 4}, value)};
    one.values = {torch::full({1, 2, 16, 4}, value)};
    one.lengths_B = {16};
    return one;
  };
  const auto prompt = [](std::int64_t id) {
    return Prompt{std::vector<std::int64_t>(16, id), {}};
  };
  PrefixCache cache(3 * 2 * 2 * 16 * 4 * 4);
  for (std::int64_t id : {1, 2, 3}) cache.put(prompt(id), 99, rows(float(id)), 0);
  EXPECT_EQ(cache.longest(prompt(1), 99).length, 15);  // used: not the oldest now
  cache.put(prompt(4), 99, rows(4), 0);
  EXPECT_LE(cache.bytes(), cache.max_bytes());
  EXPECT_EQ(cache.longest(prompt(2), 99).length, 0);
  EXPECT_EQ(cache.longest(prompt(1), 99).length, 15);
}

TEST(VisionCache, HoldsWhileTheTowerStandsStill) {
  Qwen25Vl model = load_tiny_a();
  const auto c = testing::load_parity_case("a2_two_images", model->config());
  const Prompt prompt = prompt_of(c, 0, "a2_two_images");
  const Batch batch =
      make_prompt_batch(std::span(&prompt, 1), model->config(), case_images());
  torch::NoGradGuard no_grad;
  model->image_tokens(batch.vision);  // it may learn between two calls: nothing is kept
  EXPECT_EQ(model->vision_cache().bytes(), 0);
  for (auto& parameter : model->visual->parameters()) parameter.set_requires_grad(false);
  const auto first = model->image_tokens(batch.vision);
  EXPECT_EQ(model->vision_cache().misses(), 2);
  EXPECT_TRUE(torch::equal(model->image_tokens(batch.vision), first));
  EXPECT_EQ(model->vision_cache().hits(), 2);
  EXPECT_LT(testing::largest_difference(first, model->embed_images(batch.vision).tokens_GD),
            1e-5);
  for (auto& parameter : model->visual->parameters()) {
    parameter.mul_(1.5);
    break;
  }
  EXPECT_FALSE(torch::equal(model->image_tokens(batch.vision), first));
  model->vision_cache().set_max_bytes(0);
  EXPECT_EQ(model->vision_cache().bytes(), 0);
}

TEST(Recompute, GivesTheSameLossAndGradients) {
  Qwen25Vl plain = load_tiny_a(), lean = load_tiny_a();
  lean->set_gradient_checkpointing(true);
  const auto c = testing::load_parity_case("a2_two_images", plain->config());
  const auto a = -plain->target_logprobs(c.batch).mean();
  const auto b = -lean->target_logprobs(c.batch).mean();
  EXPECT_TRUE(torch::equal(a, b));
  a.backward();
  b.backward();
  auto other = lean->named_parameters();
  for (const auto& item : plain->named_parameters())
    EXPECT_TRUE(torch::equal(item.value().grad(), other[item.key()].grad()))
        << item.key();
}

TEST(ChooseToken, FollowsTemperatureTopKAndTopP) {
  const std::vector<float> logits = {0.0f, std::log(2.0f), std::log(5.0f), -1e9f};
  GenerationOptions options;  // probabilities 1/8, 2/8, 5/8, 0
  EXPECT_EQ(sample_token(logits, options, {}, 0.0).id, 0);
  EXPECT_EQ(sample_token(logits, options, {}, 0.13).id, 1);
  EXPECT_EQ(sample_token(logits, options, {}, 0.38).id, 2);
  EXPECT_EQ(sample_token(logits, options, {}, 0.999999).id, 2);
  options.top_k = 1;
  EXPECT_EQ(sample_token(logits, options, {}, 0.0).id, 2);
  options.top_k = 0;
  options.top_p = 0.7;  // keeps 2 and 1, in that order: 5/7, 2/7
  EXPECT_EQ(sample_token(logits, options, {}, 0.7).id, 2);
  EXPECT_EQ(sample_token(logits, options, {}, 0.72).id, 1);
  options.temperature = 0;
  EXPECT_EQ(sample_token(logits, options, {}, 0.9).id, 2);
  options.banned_ids = {2};
  EXPECT_EQ(sample_token(logits, options, {}, 0.9).id, 1);
}

TEST(ChooseToken, PenalizesWhatWasSeenOnce) {
  GenerationOptions options;
  options.temperature = 0;
  options.repetition_penalty = 2.0;
  const std::vector<std::int64_t> seen = {0, 0};
  EXPECT_EQ(sample_token(std::vector<float>{3.0f, 2.0f}, options, seen, 0).id, 1);
  EXPECT_EQ(sample_token(std::vector<float>{5.0f, 2.0f}, options, seen, 0).id, 0);
  EXPECT_EQ(sample_token(std::vector<float>{-1.0f, -1.5f}, options, seen, 0).id, 1);
}

}  // namespace
}  // namespace paperphone::agent
