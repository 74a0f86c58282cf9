#include "rl/losses/aggregate.h"

#include <gtest/gtest.h>

#include "tests/rl/losses/rows.h"

namespace paperphone::rl {
namespace {

using testing::rows;

// Three responses of 1, 2 and 3 tokens; the first two are turns of one trajectory.
TokenLosses three() {
  return {.terms_NT = rows({{6, 0, 0}, {1, 2, 0}, {4, 4, 4}}),
          .mask_NT = rows({{1, 0, 0}, {1, 1, 0}, {1, 1, 1}}),
          .trajectory_tokens_N = torch::tensor({3.0f, 3.0f, 3.0f})};
}

double value(const TokenLosses& losses, Aggregation aggregation,
             const BatchCount& whole) {
  return aggregate(losses, aggregation, 10, whole).item<double>();
}

const BatchCount kWhole = {.tokens = 6, .responses = 3, .trajectories = 2};

TEST(Aggregate, DividesAsEachKindIsNamed) {
  EXPECT_NEAR(value(three(), Aggregation::kTokenMean, kWhole), 21.0 / 6, 1e-6);
  EXPECT_NEAR(value(three(), Aggregation::kSeqMean, kWhole), (6 + 1.5 + 4) / 3, 1e-6);
  EXPECT_NEAR(value(three(), Aggregation::kConstant, kWhole), 21.0 / 30, 1e-6);
  // (6 + 1 + 2) / 3 and 12 / 3.
  EXPECT_NEAR(value(three(), Aggregation::kTrajectoryMean, kWhole), (3 + 4) / 2.0,
              1e-6);
}

TEST(Aggregate, WeighsALongTrajectoryLikeAShortOne) {
  // One turn of one token against three turns of two tokens each, all terms alike.
  const TokenLosses losses = {
      .terms_NT = rows({{1, 0}, {-1, -1}, {-1, -1}, {-1, -1}}),
      .mask_NT = rows({{1, 0}, {1, 1}, {1, 1}, {1, 1}}),
      .trajectory_tokens_N = torch::tensor({1.0f, 6.0f, 6.0f, 6.0f})};
  const BatchCount whole = {.tokens = 7, .responses = 4, .trajectories = 2};
  EXPECT_NEAR(value(losses, Aggregation::kTrajectoryMean, whole), 0, 1e-6);
  EXPECT_NEAR(value(losses, Aggregation::kSeqMean, whole), -0.5, 1e-6);
  EXPECT_NEAR(value(losses, Aggregation::kTokenMean, whole), -5.0 / 7, 1e-6);
}

TEST(Aggregate, IsSeqMeanWhereEveryResponseIsATrajectory) {
  TokenLosses losses = three();
  losses.trajectory_tokens_N = losses.mask_NT.sum(1);
  const BatchCount whole = {.tokens = 6, .responses = 3, .trajectories = 3};
  EXPECT_EQ(value(losses, Aggregation::kTrajectoryMean, whole),
            value(losses, Aggregation::kSeqMean, whole));
}

TEST(Aggregate, AddsMicroBatchesUpToTheWhole) {
  for (const auto aggregation :
       {Aggregation::kTokenMean, Aggregation::kSeqMean, Aggregation::kConstant,
        Aggregation::kTrajectoryMean}) {
    double sum = 0;
    const TokenLosses all = three();
    for (int n = 0; n < 3; ++n)
      sum += value({.terms_NT = all.terms_NT.slice(0, n, n + 1),
                    .mask_NT = all.mask_NT.slice(0, n, n + 1),
                    .trajectory_tokens_N = all.trajectory_tokens_N.slice(0, n, n + 1)},
                   aggregation, kWhole);
    EXPECT_NEAR(sum, value(all, aggregation, kWhole), 1e-6);
  }
}

TEST(Aggregate, OfAnEmptyResponseIsZero) {
  const TokenLosses losses = {.terms_NT = rows({{0, 0}}), .mask_NT = rows({{0, 0}})};
  EXPECT_EQ(value(losses, Aggregation::kSeqMean, kWhole), 0);
}

}  // namespace
}  // namespace paperphone::rl
