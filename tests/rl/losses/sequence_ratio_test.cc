#include "rl/losses/sequence_ratio.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/rl/losses/rows.h"

namespace paperphone::rl {
namespace {

using testing::rows;

TEST(SequenceRatio, IsTheMeanOfTheTokensLogRatios) {
  // (0.2 - 0.4) / 2 and 0.3 / 1; padding takes no part.
  const auto log_ratio =
      sequence_log_ratio(rows({{0.2f, -0.4f}, {0.3f, 0}}), rows({{-1, -2}, {-3, 0}}),
                         rows({{1, 1}, {1, 0}}));
  EXPECT_NEAR(log_ratio[0][0].item<double>(), -0.1, 1e-6);
  EXPECT_NEAR(log_ratio[0][1].item<double>(), -0.1, 1e-6);
  EXPECT_NEAR(log_ratio[1][0].item<double>(), 0.3, 1e-6);
}

TEST(SequenceRatio, IsBounded) {
  EXPECT_EQ(sequence_log_ratio(rows({{15}}), rows({{-1}}), rows({{1}})).item<float>(),
            10);
}

TEST(SequenceRatio, OfNoTokensIsOne) {
  const auto log_ratio =
      sequence_log_ratio(rows({{0, 0}}), rows({{0, 0}}), rows({{0, 0}}));
  EXPECT_EQ(log_ratio.abs().sum().item<float>(), 0);
}

TEST(SequenceRatio, HasTheGradientOfTheResponsesRatio) {
  const auto old_NT = rows({{-1, -2, -1.5f}}).to(torch::kFloat64);
  const auto mask_NT = torch::ones_like(old_NT);
  const auto start = rows({{-0.7f, -2.2f, -1.4f}}).to(torch::kFloat64);
  const auto leaf = start.clone().requires_grad_(true);
  sequence_log_ratio((leaf - old_NT).detach(), leaf, mask_NT).exp().mean().backward();
  const auto slope = testing::slopes(
      [&](const torch::Tensor& logprobs_NT) {
        return std::exp((logprobs_NT - old_NT).mean().item<double>());
      },
      start);
  EXPECT_LT((leaf.grad() - slope).abs().max().item<double>(), 1e-8);
}

}  // namespace
}  // namespace paperphone::rl
