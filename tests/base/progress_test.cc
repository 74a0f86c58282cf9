#include "env/base/host/progress.h"

#include <gtest/gtest.h>

namespace paperphone {
namespace {

TEST(Progress, ShowsShareRateAndRemainingTime) {
  const Progress progress("sft", 100, "steps");
  EXPECT_EQ(progress.line(25, 50, "loss 1.5"),
            "sft [#####...............] 25/100 steps  0.50 steps/s  2m30s left  loss 1.5");
}

TEST(Progress, LeavesOutOfTheRateWhatAnEarlierRunDid) {
  const Progress progress("sft", 100, "steps", 50);
  EXPECT_NE(progress.line(60, 10, "").find("1.00 steps/s  40s left"), std::string::npos);
}

TEST(Progress, HasNoRateBeforeAnythingIsDone) {
  const Progress progress("eval", 500, "episodes");
  EXPECT_EQ(progress.line(0, 1, ""), "eval [....................] 0/500 episodes");
}

TEST(Progress, HasNothingLeftAtTheEnd) {
  const Progress progress("eval", 500, "episodes");
  EXPECT_EQ(progress.line(500, 10, ""),
            "eval [####################] 500/500 episodes  50 episodes/s");
}

TEST(Progress, SaysOtherThingsInLinesOfTheirOwn) {
  ::testing::internal::CaptureStderr();
  Progress progress("sft", 10, "steps");
  progress.say("warning: of something");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "warning: of something\n");
}

TEST(Progress, FormatsDurations) {
  EXPECT_EQ(format_duration(7), "7s");
  EXPECT_EQ(format_duration(245), "4m05s");
  EXPECT_EQ(format_duration(3600 + 720), "1h12m");
}

}  // namespace
}  // namespace paperphone
