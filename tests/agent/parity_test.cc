// The model against numbers of the public reference implementation.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/agent/parity_case.h"

namespace paperphone {
namespace {

using testing::largest_difference;
using testing::load_parity_case;
using testing::load_tiny_a;

class Parity : public ::testing::TestWithParam<const char*> {};

TEST_P(Parity, PositionsAreExact) {
  Qwen25Vl model = load_tiny_a();
  const auto c = load_parity_case(GetParam(), model->config());
  EXPECT_TRUE(torch::equal(c.batch.positions_3BS, c["position_ids"]));
}

TEST_P(Parity, ImageTokensAgree) {
  Qwen25Vl model = load_tiny_a();
  const auto c = load_parity_case(GetParam(), model->config());
  if (!c.has("vision.output")) GTEST_SKIP() << "text only";
  torch::NoGradGuard no_grad;
  const auto tokens = model->embed_images(c.batch.vision).tokens_GD;
  const double scale = std::max(1.0, c["vision.output"].abs().max().item<double>());
  EXPECT_LT(largest_difference(tokens, c["vision.output"]), 3e-5 * scale);
}

TEST_P(Parity, LogitsAgree) {
  Qwen25Vl model = load_tiny_a();
  const auto c = load_parity_case(GetParam(), model->config());
  torch::NoGradGuard no_grad;
  const auto logits = model->logits(model->hidden_states(c.batch));
  const auto kept = c["attention_mask"].to(torch::kBool);
  EXPECT_LT(largest_difference(logits.index({kept}), c["logits"].index({kept})), 3e-4);
}

TEST_P(Parity, LossAndGradientsAgree) {
  Qwen25Vl model = load_tiny_a();
  const auto c = load_parity_case(GetParam(), model->config());
  const auto loss = -model->target_logprobs(c.batch).mean();
  EXPECT_NEAR(loss.item<double>(), c["loss"].item<double>(), 5e-5);
  loss.backward();
  const auto norms = testing::read_json(
      testing::kFixtures / ("cases/" + std::string(GetParam()) + ".grad_norms.json"));
  int compared = 0;
  for (const auto& item : model->named_parameters()) {
    if (!norms.contains(item.key())) {
      EXPECT_FALSE(item.value().grad().defined()) << item.key();
      continue;
    }
    ++compared;
    const double expected = norms[item.key()].get<double>();
    EXPECT_NEAR(item.value().grad().norm().item<double>(), expected,
                2e-4 * std::max(1e-3, expected))
        << item.key();
    const std::string stored = "grad." + item.key();
    if (!c.has(stored)) continue;
    const double scale = std::max(1.0, c[stored].abs().max().item<double>());
    EXPECT_LT(largest_difference(item.value().grad(), c[stored]), 2e-4 * scale)
        << item.key();
  }
  EXPECT_EQ(compared, int(norms.size()));
}

TEST_P(Parity, BfloatArithmeticStaysNear) {
  Qwen25Vl model = load_tiny_a();
  const auto c = load_parity_case(GetParam(), model->config());
  torch::NoGradGuard no_grad;
  model->set_compute_type(ComputeType::kBfloat16);
  const auto logits = model->logits(model->hidden_states(c.batch));
  const auto expected = c["logits_bf16_weights_last8"];
  const std::int64_t S = logits.size(1);
  const auto last = logits.narrow(1, S - 8, 8);
  EXPECT_LT((last - expected).abs().mean().item<double>(), 0.15);
  // The best token is the same wherever the reference is sure of it.
  const auto best = std::get<0>(expected.topk(2, -1));
  const auto sure = best.select(-1, 0) - best.select(-1, 1) > 1.0;
  EXPECT_TRUE(
      torch::equal(last.argmax(-1).index({sure}), expected.argmax(-1).index({sure})));
}

INSTANTIATE_TEST_SUITE_P(TinyA, Parity,
                         ::testing::Values("a1_single_image", "a2_two_images",
                                           "a3_text_only", "a4_batch_left_pad",
                                           "a5_video"));

TEST(Parity, BfloatWeightsInFloatArithmeticAgree) {
  for (const char* name : {"a1_single_image", "a3_text_only"}) {
    Qwen25Vl model = load_tiny_a();
    torch::NoGradGuard no_grad;
    for (auto& parameter : model->parameters())
      parameter.copy_(parameter.to(torch::kBFloat16).to(torch::kFloat32));
    const auto c = load_parity_case(name, model->config());
    const auto logits = model->logits(model->hidden_states(c.batch));
    EXPECT_LT(largest_difference(logits.narrow(1, logits.size(1) - 8, 8),
                                 c["logits_bf16_weights_last8"]),
              3e-4);
  }
}

}  // namespace
}  // namespace paperphone
