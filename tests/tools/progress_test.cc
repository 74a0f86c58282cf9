#include "tools/progress.h"

#include <gtest/gtest.h>

namespace paperphone::tools {
namespace {

TEST(ProgressLine, SaysHowFarHowFastAndHowMuchLonger) {
  EXPECT_EQ(progress_line("episodes", 120, 500, 4.0),
            "episodes  120/500  24%  30.0/s  13 s left");
  EXPECT_EQ(progress_line("steps", 1000, 10000, 2.0),
            "steps  1000/10000  10%  500/s  18 s left");
  EXPECT_EQ(progress_line("steps", 1, 400, 1.0),
            "steps  1/400  0%  1.0/s  6 min 39 s left");
  EXPECT_EQ(progress_line("steps", 1, 7201, 1.0),
            "steps  1/7201  0%  1.0/s  2 h 00 min left");
}

TEST(ProgressLine, HasNoRateBeforeTheFirstAndNoRestAfterTheLast) {
  EXPECT_EQ(progress_line("episodes", 0, 500, 1.0), "episodes  0/500  0%");
  EXPECT_EQ(progress_line("episodes", 500, 500, 10.0),
            "episodes  500/500  100%  50.0/s");
}

}  // namespace
}  // namespace paperphone::tools
