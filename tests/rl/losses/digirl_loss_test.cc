#include "rl/losses/digirl_loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/rl/losses/rows.h"

namespace paperphone::rl {
namespace {

using testing::rows;

TEST(SuccessLoss, IsTheCrossEntropyOfTwoClasses) {
  // V = 3 / 4 where the logits are 0 and log 3: -log 0.75 for a success, -log 0.25 for
  // a failure. A return of 0.01 is a success.
  const float log3 = std::log(3.0f);
  const SuccessLoss loss =
      success_loss(rows({{0, log3}, {0, log3}}), torch::tensor({0.01f, 0.0f}), 2);
  EXPECT_NEAR(loss.loss.item<double>(), (0.287682 + 1.386294) / 2, 1e-5);
  EXPECT_EQ(loss.correct, 1);
}

TEST(SuccessLoss, HasTheGradientOfAClassifier) {
  // Softmax minus the class, over the count of 4.
  const auto logits = rows({{0, std::log(3.0f)}}).requires_grad_(true);
  success_loss(logits, torch::tensor({1.0f}), 4).loss.backward();
  EXPECT_TRUE(torch::allclose(logits.grad(), rows({{0.25f / 4, -0.25f / 4}})));
}

TEST(HardAwr, ImitatesTurnsOfPositiveAdvantageAlone) {
  // (1 + 2) of the first, nothing of the second, over both.
  const auto logprobs = rows({{-1, -2, -9}, {-5, -5, -5}}).requires_grad_(true);
  const auto loss = hard_awr_loss(logprobs, rows({{1, 1, 0}, {1, 1, 1}}),
                                  torch::tensor({1.0f, 0.0f}), 2);
  EXPECT_NEAR(loss.item<double>(), 1.5, 1e-6);
  loss.backward();
  EXPECT_TRUE(torch::equal(logprobs.grad(), rows({{-0.5f, -0.5f, 0}, {0, 0, 0}})));
}

TEST(HardAwr, OfNoGoodTurnIsZero) {
  EXPECT_EQ(
      hard_awr_loss(rows({{-1}}), rows({{1}}), torch::tensor({0.0f}), 1).item<float>(),
      0);
}

}  // namespace
}  // namespace paperphone::rl
