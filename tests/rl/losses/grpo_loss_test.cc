#include "rl/losses/grpo_loss.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/rl/losses/rows.h"

namespace paperphone::rl {
namespace {

using testing::rows;

GrpoBatch one_token(double log_ratio, double advantage) {
  return {.logprobs_NT = rows({{float(-1 + log_ratio)}}),
          .old_logprobs_NT = rows({{-1}}),
          .ref_logprobs_NT = {},
          .mask_NT = rows({{1}}),
          .advantages_N = torch::tensor({float(advantage)})};
}

double loss_of(const GrpoBatch& batch, const GrpoLossConfig& config, BatchCount whole) {
  return grpo_loss(batch, config, whole).loss.item<double>();
}

TEST(GrpoLoss, IsMinusAdvantageTimesRatioInsideTheClip) {
  const double ratio = 1.1;
  EXPECT_NEAR(loss_of(one_token(std::log(ratio), 2), {}, {1, 1}), -2.2, 1e-6);
  EXPECT_NEAR(loss_of(one_token(std::log(ratio), -2), {}, {1, 1}), 2.2, 1e-6);
}

TEST(GrpoLoss, ClipsHighForPositiveAndLowForNegativeAdvantages) {
  const GrpoLossConfig config = {.clip_low = 0.2, .clip_high = 0.28};
  EXPECT_NEAR(loss_of(one_token(std::log(1.5), 1), config, {1, 1}), -1.28, 1e-6);
  EXPECT_NEAR(loss_of(one_token(std::log(0.5), -1), config, {1, 1}), 0.8, 1e-6);
  // On the other side the worse value counts, unclipped.
  EXPECT_NEAR(loss_of(one_token(std::log(0.5), 1), config, {1, 1}), -0.5, 1e-6);
  EXPECT_NEAR(loss_of(one_token(std::log(1.5), -1), config, {1, 1}), 1.5, 1e-6);
}

TEST(GrpoLoss, DualClipBoundsNegativeAdvantages) {
  EXPECT_NEAR(loss_of(one_token(std::log(8.0), -1), {.dual_clip = 3}, {1, 1}), 3, 1e-6);
}

TEST(GrpoLoss, CountsWhatIsClipped) {
  const GrpoLoss high = grpo_loss(one_token(std::log(1.5), 1), {}, {1, 1});
  EXPECT_EQ(high.stats.clipped_high, 1);
  EXPECT_EQ(high.stats.clipped_low, 0);
  EXPECT_NEAR(high.stats.ratio_max, 0.5, 1e-6);
  const GrpoLoss low = grpo_loss(one_token(std::log(0.5), -1), {}, {1, 1});
  EXPECT_EQ(low.stats.clipped_low, 1);
}

TEST(GrpoLoss, K3OfAHandComputedCase) {
  GrpoBatch batch = one_token(0, 0);
  batch.ref_logprobs_NT = rows({{-0.5}});  // r = -0.5 - (-1) = 0.5
  const double k3 = std::exp(0.5) - 0.5 - 1;
  const GrpoLoss loss = grpo_loss(batch, {.kl_coef = 0.1}, {1, 1});
  EXPECT_NEAR(loss.loss.item<double>(), 0.1 * k3, 1e-7);
  EXPECT_NEAR(loss.stats.ref_kl, k3, 1e-6);
}

// Two responses of 1 and 3 tokens at ratio 1: every term is -A.
GrpoBatch uneven() {
  return {.logprobs_NT = rows({{-1, -50, -50}, {-2, -3, -4}}),
          .old_logprobs_NT = rows({{-1, 0, 0}, {-2, -3, -4}}),
          .ref_logprobs_NT = {},
          .mask_NT = rows({{1, 0, 0}, {1, 1, 1}}),
          .advantages_N = torch::tensor({1.0f, -2.0f})};
}

TEST(GrpoLoss, AggregatesAsNamed) {
  const BatchCount whole = {4, 2};
  EXPECT_NEAR(loss_of(uneven(), {.aggregation = Aggregation::kTokenMean}, whole),
              (-1 + 3 * 2) / 4.0, 1e-6);
  EXPECT_NEAR(loss_of(uneven(), {.aggregation = Aggregation::kSeqMean}, whole),
              (-1 + 2) / 2.0, 1e-6);
  EXPECT_NEAR(loss_of(uneven(),
                      {.aggregation = Aggregation::kConstant, .constant_length = 10},
                      whole),
              (-1 + 3 * 2) / 20.0, 1e-6);
}

TEST(GrpoLoss, PaddingNeitherCountsNorGetsAGradient) {
  GrpoBatch batch = uneven();
  batch.logprobs_NT = batch.logprobs_NT.clone().requires_grad_(true);
  const GrpoLoss loss = grpo_loss(batch, {}, {4, 2});
  loss.loss.backward();
  const torch::Tensor grad = batch.logprobs_NT.grad();
  EXPECT_EQ(grad[0][1].item<float>(), 0);
  EXPECT_EQ(grad[0][2].item<float>(), 0);
  EXPECT_NE(grad[0][0].item<float>(), 0);
  EXPECT_EQ(loss.stats.tokens, 4);
  EXPECT_EQ(loss.stats.ratio, 4);  // exactly 1 each
  EXPECT_EQ(loss.stats.ratio_max, 0);
}

TEST(GrpoLoss, MicroBatchesAddUpToTheWhole) {
  const BatchCount whole = {4, 2};
  for (const auto aggregation :
       {Aggregation::kTokenMean, Aggregation::kSeqMean, Aggregation::kConstant}) {
    const GrpoLossConfig config = {.aggregation = aggregation};
    const GrpoBatch both = uneven();
    double sum = 0;
    for (int n = 0; n < 2; ++n) {
      const GrpoBatch part = {.logprobs_NT = both.logprobs_NT.slice(0, n, n + 1),
                              .old_logprobs_NT = both.old_logprobs_NT.slice(0, n, n + 1),
                              .ref_logprobs_NT = {},
                              .mask_NT = both.mask_NT.slice(0, n, n + 1),
                              .advantages_N = both.advantages_N.slice(0, n, n + 1)};
      sum += loss_of(part, config, whole);
    }
    EXPECT_NEAR(sum, loss_of(both, config, whole), 1e-6);
  }
}

TEST(GrpoLoss, WeighsTrajectoriesAlike) {
  // The first two responses, of 1 and 1 tokens, are turns of one trajectory, the third,
  // of 3 tokens, is another: (-1 - 1) / 2 and 3 * 2 / 3, the mean of both.
  const GrpoBatch batch = {.logprobs_NT = rows({{-1, 0, 0}, {-1, 0, 0}, {-2, -3, -4}}),
                           .old_logprobs_NT = rows({{-1, 0, 0}, {-1, 0, 0}, {-2, -3, -4}}),
                           .ref_logprobs_NT = {},
                           .mask_NT = rows({{1, 0, 0}, {1, 0, 0}, {1, 1, 1}}),
                           .advantages_N = torch::tensor({1.0f, 1.0f, -2.0f}),
                           .trajectory_tokens_N = torch::tensor({2.0f, 2.0f, 3.0f})};
  EXPECT_NEAR(loss_of(batch, {.aggregation = Aggregation::kTrajectoryMean},
                      {.tokens = 5, .responses = 3, .trajectories = 2}),
              (-1 + 2) / 2.0, 1e-6);
}

TEST(GrpoLoss, TakesOneRatioForAResponseWithGspo) {
  // d = 0.2 and -0.4: mean -0.1, ratio exp(-0.1) = 0.904837 at both.
  GrpoBatch batch = {.logprobs_NT = rows({{-0.8f, -1.4f, -7}}).requires_grad_(true),
                     .old_logprobs_NT = rows({{-1, -1, 0}}),
                     .ref_logprobs_NT = {},
                     .mask_NT = rows({{1, 1, 0}}),
                     .advantages_N = torch::tensor({2.0f})};
  const GrpoLossConfig gspo = {.clip_low = 3e-4,
                               .clip_high = 4e-4,
                               .dual_clip = 0,
                               .aggregation = Aggregation::kSeqMean,
                               .ratio_level = RatioLevel::kSequence};
  const GrpoLoss loss = grpo_loss(batch, gspo, {2, 1});
  EXPECT_NEAR(loss.loss.item<double>(), -2 * 0.904837, 1e-5);
  EXPECT_NEAR(loss.stats.ratio, 2 * 0.904837, 1e-5);
  // The slope of -2 exp(mean of d) along each of its two tokens.
  loss.loss.backward();
  const torch::Tensor grad = batch.logprobs_NT.grad();
  EXPECT_NEAR(grad[0][0].item<double>(), -2 * 0.904837 / 2, 1e-5);
  EXPECT_NEAR(grad[0][1].item<double>(), -2 * 0.904837 / 2, 1e-5);
  EXPECT_EQ(grad[0][2].item<float>(), 0);
}

TEST(GrpoLoss, ClipsAWholeResponseWithGspo) {
  GrpoBatch batch = {.logprobs_NT = rows({{-0.8f, -1.4f}}).requires_grad_(true),
                     .old_logprobs_NT = rows({{-1, -1}}),
                     .ref_logprobs_NT = {},
                     .mask_NT = rows({{1, 1}}),
                     .advantages_N = torch::tensor({-2.0f})};
  const GrpoLossConfig gspo = {.clip_low = 3e-4,
                               .clip_high = 4e-4,
                               .dual_clip = 0,
                               .aggregation = Aggregation::kSeqMean,
                               .ratio_level = RatioLevel::kSequence};
  const GrpoLoss loss = grpo_loss(batch, gspo, {2, 1});
  EXPECT_NEAR(loss.loss.item<double>(), 2 * (1 - 3e-4), 1e-5);
  EXPECT_EQ(loss.stats.clipped_low, 2);
  loss.loss.backward();
  EXPECT_EQ(batch.logprobs_NT.grad().abs().sum().item<float>(), 0);
}

TEST(GrpoLoss, IsExactlyOneRatioWithGspoBeforeAnyStep) {
  GrpoBatch batch = uneven();
  batch.logprobs_NT = batch.logprobs_NT.clone();
  const GrpoLoss loss =
      grpo_loss(batch, {.ratio_level = RatioLevel::kSequence}, {4, 2});
  EXPECT_EQ(loss.stats.ratio, 4);
  EXPECT_EQ(loss.stats.ratio_max, 0);
}

TEST(GrpoLoss, HasNoDualClipIfItIsOff) {
  EXPECT_NEAR(loss_of(one_token(std::log(8.0), -1), {.dual_clip = 0}, {1, 1}), 8, 1e-5);
}

TEST(GrpoLoss, GradientMatchesFiniteDifferences) {
  const auto batch_at = [](const torch::Tensor& logprobs_NT) {
    return GrpoBatch{.logprobs_NT = logprobs_NT,
                     .old_logprobs_NT = rows({{-1.0, -2.1, 0}, {-0.7, -1.4, -3.3}})
                                            .to(torch::kFloat64),
                     .ref_logprobs_NT = rows({{-1.2, -1.9, 0}, {-0.9, -1.1, -3.0}})
                                            .to(torch::kFloat64),
                     .mask_NT = rows({{1, 1, 0}, {1, 1, 1}}).to(torch::kFloat64),
                     .advantages_N = torch::tensor({0.8, -1.3}, torch::kFloat64)};
  };
  // Away from the kinks of clip and max.
  const torch::Tensor start =
      rows({{-0.95, -1.6, 0}, {-0.75, -2.2, -3.25}}).to(torch::kFloat64);
  const GrpoLossConfig config = {.kl_coef = 0.3, .aggregation = Aggregation::kSeqMean};
  const torch::Tensor leaf = start.clone().requires_grad_(true);
  grpo_loss(batch_at(leaf), config, {5, 2}).loss.backward();
  const double h = 1e-6;
  for (int n = 0; n < 2; ++n)
    for (int t = 0; t < 3; ++t) {
      torch::Tensor up = start.clone(), down = start.clone();
      up[n][t] += h;
      down[n][t] -= h;
      const double slope = (loss_of(batch_at(up), config, {5, 2}) -
                            loss_of(batch_at(down), config, {5, 2})) /
                           (2 * h);
      EXPECT_NEAR(leaf.grad()[n][t].item<double>(), slope, 1e-7) << n << " " << t;
    }
}

}  // namespace
}  // namespace paperphone::rl
