#include "rl/rewards/overlong.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

TEST(Overlong, GrowsFromTheBufferToTheLimit) {
  // The paper's numbers: nothing up to 16,384, half of it in the middle of the buffer.
  const OverlongConfig config = {.max_tokens = 20480, .buffer_tokens = 4096};
  EXPECT_EQ(overlong_penalty(0, config), 0);
  EXPECT_EQ(overlong_penalty(16384, config), 0);
  EXPECT_EQ(overlong_penalty(16384 + 1024, config), -0.25f);
  EXPECT_EQ(overlong_penalty(16384 + 2048, config), -0.5f);
  EXPECT_EQ(overlong_penalty(20480, config), -1);
  EXPECT_EQ(overlong_penalty(30000, config), -1);
}

TEST(Overlong, IsScaledByItsFactor) {
  const OverlongConfig config = {.max_tokens = 8, .buffer_tokens = 8, .factor = 0.5};
  EXPECT_EQ(overlong_penalty(0, config), 0);
  EXPECT_EQ(overlong_penalty(2, config), -0.125f);
  EXPECT_EQ(overlong_penalty(8, config), -0.5f);
}

}  // namespace
}  // namespace paperphone::rl
