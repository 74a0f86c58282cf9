#include "rl/losses/value_loss.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/rl/losses/rows.h"

namespace paperphone::rl {
namespace {

using testing::rows;

ValueBatch one(float value, float old_value, float target) {
  return {.values = torch::tensor({value}).requires_grad_(true),
          .old_values = torch::tensor({old_value}),
          .returns = torch::tensor({target}),
          .mask = torch::ones({1})};
}

TEST(ValueLoss, IsHalfTheSquaredErrorInsideTheClip) {
  const ValueBatch batch = one(0.5f, 0.4f, 1);
  const ValueLoss loss = value_loss(batch, 0.5, 1);
  EXPECT_NEAR(loss.loss.item<double>(), 0.125, 1e-6);
  EXPECT_NEAR(loss.squared_error, 0.25, 1e-6);
  EXPECT_EQ(loss.clipped, 0);
  loss.loss.backward();
  EXPECT_NEAR(batch.values.grad().item<double>(), -0.5, 1e-6);
}

TEST(ValueLoss, TakesTheWorseOfBothErrors) {
  // From 0.2 to 0.9 is clipped to 0.7. Away from the return 0 the plain error is worse:
  // 0.81 / 2. Towards the return 1 the clipped one is: 0.09 / 2, which has no gradient.
  EXPECT_NEAR(value_loss(one(0.9f, 0.2f, 0), 0.5, 1).loss.item<double>(), 0.405, 1e-6);
  const ValueBatch towards = one(0.9f, 0.2f, 1);
  const ValueLoss loss = value_loss(towards, 0.5, 1);
  EXPECT_NEAR(loss.loss.item<double>(), 0.045, 1e-6);
  EXPECT_EQ(loss.clipped, 1);
  loss.loss.backward();
  EXPECT_EQ(towards.values.grad().item<float>(), 0);
}

TEST(ValueLoss, LeavesMaskedPlacesOut) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto values = rows({{1, nan}, {3, 0}}).requires_grad_(true);
  const ValueLoss loss = value_loss({.values = values,
                                     .old_values = rows({{1, nan}, {3, 0}}),
                                     .returns = rows({{0, nan}, {0, 9}}),
                                     .mask = rows({{1, 0}, {1, 0}})},
                                    0.5, 2);
  EXPECT_NEAR(loss.loss.item<double>(), 0.5 * (1 + 9) / 2, 1e-6);
  loss.loss.backward();
  EXPECT_TRUE(torch::equal(values.grad(), rows({{0.5f, 0}, {1.5f, 0}})));
}

TEST(ValueLoss, OfAnEmptyMaskIsZero) {
  const ValueLoss loss = value_loss({.values = rows({{1}}),
                                     .old_values = rows({{2}}),
                                     .returns = rows({{3}}),
                                     .mask = rows({{0}})},
                                    0.5, 4);
  EXPECT_EQ(loss.loss.item<float>(), 0);
  EXPECT_EQ(loss.squared_error, 0);
}

}  // namespace
}  // namespace paperphone::rl
