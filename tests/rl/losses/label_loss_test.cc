#include "rl/losses/label_loss.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/rl/losses/rows.h"

namespace paperphone::rl {
namespace {

using testing::rows;

TEST(LabelLoss, IsTheMeanNegativeLogLikelihood) {
  // (1 + 2 + 3) / 3 tokens, a tenth of it.
  const float minus_inf = -std::numeric_limits<float>::infinity();
  const auto logprobs = rows({{-1, minus_inf}, {-2, -3}}).requires_grad_(true);
  const LabelLoss loss =
      label_loss({.logprobs_NT = logprobs, .mask_NT = rows({{1, 0}, {1, 1}})}, 0.1, 3);
  EXPECT_NEAR(loss.loss.item<double>(), 0.2, 1e-6);
  EXPECT_NEAR(loss.nll, 6, 1e-6);
  loss.loss.backward();
  const auto third = -0.1f / 3;
  EXPECT_TRUE(torch::allclose(logprobs.grad(), rows({{third, 0}, {third, third}})));
}

TEST(LabelLoss, WeighsLabels) {
  // 2 * 1 + 0.5 * (2 + 3) over 2 * 1 + 0.5 * 2 tokens.
  const LabelLoss loss = label_loss({.logprobs_NT = rows({{-1, 0}, {-2, -3}}),
                                     .mask_NT = rows({{1, 0}, {1, 1}}),
                                     .weights_N = torch::tensor({2.0f, 0.5f})},
                                    1, 3);
  EXPECT_NEAR(loss.loss.item<double>(), 4.5 / 3, 1e-6);
}

TEST(LabelLoss, WithWeightZeroTeachesNothing) {
  const auto logprobs = rows({{-1}}).requires_grad_(true);
  const LabelLoss loss =
      label_loss({.logprobs_NT = logprobs, .mask_NT = rows({{1}})}, 0, 1);
  loss.loss.backward();
  EXPECT_EQ(logprobs.grad().item<float>(), 0);
  EXPECT_EQ(loss.nll, 1);
}

TEST(LabelLoss, OfAnEmptyMaskIsZero) {
  EXPECT_EQ(label_loss({.logprobs_NT = rows({{-1}}), .mask_NT = rows({{0}})}, 1, 1)
                .loss.item<float>(),
            0);
}

}  // namespace
}  // namespace paperphone::rl
