#include "rl/rewards/noisy_judge.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

int called_success(const NoisyJudge& judge, bool success, int episodes) {
  int count = 0;
  for (int i = 0; i < episodes; ++i)
    count += judged_success(judge, success, std::uint64_t(i));
  return count;
}

TEST(NoisyJudge, IsExactWithoutErrorsAndAlwaysWrongWithAll) {
  EXPECT_EQ(called_success({}, true, 100), 100);
  EXPECT_EQ(called_success({}, false, 100), 0);
  const NoisyJudge wrong = {.false_positive_rate = 1, .false_negative_rate = 1};
  EXPECT_EQ(called_success(wrong, true, 100), 0);
  EXPECT_EQ(called_success(wrong, false, 100), 100);
}

TEST(NoisyJudge, ErrsAtItsTwoRates) {
  const NoisyJudge judge = {
      .false_positive_rate = 0.1, .false_negative_rate = 0.3, .seed = 7};
  // Of 10,000: within four deviations, sqrt(10,000 * 0.1 * 0.9) = 30 and 46.
  EXPECT_NEAR(called_success(judge, false, 10000), 1000, 120);
  EXPECT_NEAR(called_success(judge, true, 10000), 7000, 184);
}

TEST(NoisyJudge, StaysWithItsVerdict) {
  const NoisyJudge judge = {
      .false_positive_rate = 0.5, .false_negative_rate = 0.5, .seed = 7};
  NoisyJudge other = judge;
  other.seed = 8;
  int differ = 0;
  for (std::uint64_t i = 0; i < 64; ++i) {
    EXPECT_EQ(judged_success(judge, false, 63 - i),
              judged_success(judge, false, 63 - i));
    differ += judged_success(judge, false, i) != judged_success(other, false, i);
  }
  EXPECT_GT(differ, 10);
}

}  // namespace
}  // namespace paperphone::rl
