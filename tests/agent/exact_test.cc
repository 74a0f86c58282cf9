// Exact arithmetic: what is sampled token by token and what is trained on whole
// sequences are the same bits, whoever else is in the batch.
#include "agent/ops/exact.h"

#include <gtest/gtest.h>

#include "agent/generation/generate.h"
#include "agent/text/prompt.h"
#include "env/base/error.h"
#include "tests/agent/parity_case.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone::agent {
namespace {

class ExactTest : public ::testing::TestWithParam<ComputeType> {
 protected:
  ExactTest() {
    agent_.images.min_pixels = 40 * 40;
    agent_.model->set_compute_type(GetParam());
    agent_.model->set_arithmetic(Arithmetic::kExact);
    options_.max_new_tokens = 24;
    options_.temperature = 1.0;
  }
  Prompt prompt(int seed, const std::string& instruction, int height = 160) const {
    const PicturePtr picture = make_picture(
        {testing::screen_pixels(seed, height), height, 120}, agent_.images);
    return prompts_.build(instruction, picture, {});
  }
  std::vector<std::vector<Generated>> sample(std::vector<GenerationRequest> requests,
                                             PrefixCache* prefixes = nullptr) {
    return generate(agent_.model, agent_.images, requests, options_, prefixes);
  }
  // The training forward's log-probabilities of all responses, in order.
  std::vector<float> trained(const std::vector<GenerationRequest>& requests,
                             const std::vector<std::vector<Generated>>& groups) {
    std::vector<TrainingRow> rows;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      TrainingRow& row = rows.emplace_back(TrainingRow{requests[i].prompt, {}});
      for (const Generated& one : groups[i]) row.segments.push_back({one.ids, 0});
    }
    const auto logprobs =
        agent_.model
            ->target_logprobs(make_batch(rows, agent_.model->config(), agent_.images))
            .detach()
            .contiguous();
    return {logprobs.data_ptr<float>(), logprobs.data_ptr<float>() + logprobs.numel()};
  }
  static std::vector<float> drawn(const std::vector<std::vector<Generated>>& groups) {
    std::vector<float> all;
    for (const auto& group : groups)
      for (const Generated& one : group)
        all.insert(all.end(), one.logprobs.begin(), one.logprobs.end());
    return all;
  }

  Agent agent_ = testing::tiny_agent();
  PromptBuilder prompts_{agent_.tokenizer, agent_.images, agent_.prompt};
  GenerationOptions options_;
};

TEST_P(ExactTest, RolloutsAndTrainingAgreeToTheLastBit) {
  const std::vector<GenerationRequest> requests = {
      {prompt(1, "打开信聊"), {1, 2, 3}},
      {prompt(2, "在设置里打开蓝牙", 240), {4, 5, 6}}};
  const auto groups = sample(requests);
  // With gradients through the vision tower, and while it stands still.
  EXPECT_EQ(drawn(groups), trained(requests, groups));
  for (auto& item : agent_.model->named_parameters())
    if (item.key().starts_with("visual.")) item.value().set_requires_grad(false);
  EXPECT_EQ(drawn(groups), trained(requests, groups));
}

TEST_P(ExactTest, ASampleDoesNotDependOnItsBatch) {
  const GenerationRequest one{prompt(1, "打开信聊"), {1, 2}};
  const GenerationRequest other{prompt(2, "返回", 240), {3, 4}};
  const auto alone = sample({one});
  const auto together = sample({other, one});
  for (int g = 0; g < 2; ++g) {
    EXPECT_EQ(alone[0][g].ids, together[1][g].ids);
    EXPECT_EQ(alone[0][g].logprobs, together[1][g].logprobs);
  }
}

TEST_P(ExactTest, AKnownBeginningChangesNoBit) {
  const std::vector<GenerationRequest> requests = {{prompt(1, "打开信聊"), {1, 2}},
                                                   {prompt(1, "打开设置"), {3, 4}}};
  PrefixCache prefixes(1 << 26);
  const auto plain = sample(requests);
  for (int pass = 0; pass < 3; ++pass) {
    const auto reused = sample(requests, &prefixes);
    EXPECT_EQ(drawn(reused), drawn(plain)) << pass;
  }
  EXPECT_GT(prefixes.reused_tokens(), 0);
}

TEST_P(ExactTest, GradientsAreTheOrdinaryOnes) {
  const std::vector<GenerationRequest> requests = {{prompt(1, "打开信聊"), {1, 2}}};
  const auto groups = sample(requests);
  TrainingRow row{requests[0].prompt, {}};
  for (const Generated& one : groups[0]) row.segments.push_back({one.ids, 0});
  const auto gradients = [&](Arithmetic arithmetic) {
    agent_.model->set_arithmetic(arithmetic);
    agent_.model->zero_grad();
    (-agent_.model
          ->target_logprobs(
              make_batch({&row, 1}, agent_.model->config(), agent_.images))
          .mean())
        .backward();
    return agent_.model->model->embed_tokens->weight.grad().clone();
  };
  const auto exact = gradients(Arithmetic::kExact);
  const auto fast = gradients(Arithmetic::kFast);
  const double tolerance = GetParam() == ComputeType::kFloat32 ? 1e-4 : 3e-2;
  EXPECT_LT(testing::largest_difference(exact, fast),
            tolerance * std::max(1e-3, fast.abs().max().item<double>()));
}

INSTANTIATE_TEST_SUITE_P(Types, ExactTest,
                         ::testing::Values(ComputeType::kFloat32,
                                           ComputeType::kBfloat16));

TEST(ExactLinear, IsTheProduct) {
  const auto x = torch::randn({70, 48}), w = torch::randn({24, 48}), b = torch::randn(24);
  EXPECT_LT(testing::largest_difference(exact_linear(x, w, b), torch::linear(x, w, b)),
            1e-4);
}

TEST(ExactAttention, SaysWhereItCannotRun) {
  const auto q = torch::zeros({1, 2, 3, 4}, torch::kFloat64);
  const auto layout = make_packed_layout(torch::zeros({1, 3}, torch::kInt64), q);
  EXPECT_THROW(exact_attention(q, q, q, layout, 1.0), ConfigError);
}

}  // namespace
}  // namespace paperphone::agent
